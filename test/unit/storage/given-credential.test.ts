import { describe, expect, it } from 'vitest';
import { obeysKeyRule, obeysSecretRule } from '#storage/given-credential.ts';

describe('the rule for keys', () => {
  it.each(['k', 'käse', 'a|b', ' ', 'Token', 'tokens', '\u{1F511}'.repeat(128)])('lets %j be one', (key) => {
    expect(obeysKeyRule(key)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['more than 128 characters', 'x'.repeat(129)],
    ['a colon', 'a:b'],
    ['a control character', 'a\nb'],
    ['half a character', 'a\uD800'],
    ['the user name of tokens', 'token'],
  ])('lets not be one: %s', (_, key) => {
    expect(obeysKeyRule(key)).toBe(false);
  });
});

describe('the rule for secrets', () => {
  it.each(['sixteen letters!', 'with : a colon …', 'ключ'.repeat(4)])('lets %j be one', (secret) => {
    expect(obeysSecretRule(secret)).toBe(true);
  });

  it.each(['', 'fifteen letters', 'sixteen letters\n'])('lets %j not be one', (secret) => {
    expect(obeysSecretRule(secret)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { quote } from '#tools/smoke/answer.ts';
import { createLegible, legibleFinding } from '#tools/smoke/legible.ts';
import { redactor } from '#tools/smoke/redact.ts';

const SECRET = 'a-secret-of-some-length';
const legible = createLegible(redactor({ access: { key: 'k', secret: SECRET }, limited: undefined }));

describe('a text that is printed', () => {
  it.each([
    ['a colour', '\u001B[31mred\u001B[0m', ' [31mred [0m'],
    ['a sequence of one C1 character', 'a\u009B2Jb', 'a 2Jb'],
    ['a title of the window', '\u001B]0;title\u0007', ' ]0;title '],
    ['lines', 'a\r\nb\u2028c', 'a b c'],
    ['a change of direction', 'a\u202Eb', 'a b'],
  ])('has no control characters: %s', (_, text, printed) => {
    expect(legible(text)).toBe(printed);
    expect(quote(Buffer.from(text), legible)).toBe(printed);
  });

  it('has an end', () => {
    expect(legible('a'.repeat(300))).toBe('a'.repeat(300));
    expect(legible('a'.repeat(8_000))).toBe(`${'a'.repeat(299)}…`);
    expect(quote(Buffer.alloc(1_000_000, 'a'), legible)).toBe(`${'a'.repeat(199)}…`);
  });

  it.each(Array.from(SECRET, (_, index) => index))('has nothing of a secret that it is cut in, after %i', (index) => {
    const printed = `${'.'.repeat(199 - index)}[secret]`;
    const body = Buffer.from(`${'.'.repeat(199 - index)}${SECRET}${'.'.repeat(800)}`);
    expect(quote(body, legible)).toBe(`${printed.padEnd(199, '.').slice(0, 199)}…`);
    expect(legible(`${'.'.repeat(299 - index)}${SECRET}...`)).not.toMatch(/a|s-|sec?r?e?t?-/u);
  });

  it('may be any part of a finding', () => {
    const text = `\u001B${SECRET}${'a'.repeat(1_000)}`;
    const { advice, ...rest } = legibleFinding(legible, {
      expected: text,
      received: text,
      meaning: text,
      advice: text,
    });
    const printed = legible(text);
    expect(rest).toEqual({ expected: printed, received: printed, meaning: printed });
    expect(advice).toMatch(/^ \[secret\]a{590}…$/u);
  });
});

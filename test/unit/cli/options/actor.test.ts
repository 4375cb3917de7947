import { describe, expect, it } from 'vitest';
import { readAccount, readAgent } from '#cli/options/actor.ts';

describe('an agent', () => {
  it('is a mail address', () => {
    expect(readAgent('--actor', 'mailto:ann@example.com')).toEqual({ mbox: 'mailto:ann@example.com' });
  });

  it('is JSON', () => {
    const agent = { account: { homePage: 'https://lms.example.com', name: 'ann' } };
    expect(readAgent('--actor', JSON.stringify(agent))).toEqual(agent);
  });

  it.each(['ann@example.com', 'mailto:', 'mailto:a b@example.com', '{', '[]', '', '"mailto:a@b"'])(
    'is not %j',
    (text) => {
      expect(() => readAgent('--actor', text)).toThrow(/^--actor is .* it has to be mailto:/u);
    },
  );
});

describe('an account', () => {
  it('is a home page and a name', () => {
    expect(readAccount('--actor-account', ['https://lms.example.com', 'ann'])).toEqual({
      account: { homePage: 'https://lms.example.com', name: 'ann' },
    });
  });

  it.each([[['https://lms.example.com']], [['https://lms.example.com', 'ann', 'lee']]])('is not %j', (words) => {
    expect(() => readAccount('--actor-account', words)).toThrow('takes two values');
  });
});

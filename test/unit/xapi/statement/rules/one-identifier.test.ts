import { describe, expect, it } from 'vitest';

import { anAgent, anAnonymousGroup } from '#test/support/statements.ts';
import { oneIdentifier } from '#xapi/statement/rules/one-identifier.ts';

const account = { homePage: 'http://example.com', name: 'ann' };

describe('inverse functional identifier (xAPI 1.0.3, Data 2.4.2.3)', () => {
  it('is there exactly once in an Agent', () => {
    expect(oneIdentifier(anAgent('ann'), '$.actor')).toBeUndefined();
    expect(oneIdentifier({ account }, '$.actor')).toBeUndefined();
    expect(oneIdentifier({ name: 'Ann' }, '$.actor')).toMatchObject({ path: '$.actor', received: { name: 'Ann' } });
    expect(oneIdentifier(anAgent('ann', { account }), '$.actor')?.received).toEqual(['mbox', 'account']);
  });

  it('is there at most once in a Group', () => {
    expect(oneIdentifier(anAnonymousGroup('ann'), '$.actor')).toBeUndefined();
    expect(oneIdentifier({ objectType: 'Group', account }, '$.actor')).toBeUndefined();
    expect(oneIdentifier({ objectType: 'Group', account, openid: 'http://a.example' }, '$.actor')).toBeDefined();
  });
});

import { describe, expect, it } from 'vitest';

import { aStatement, anAgent, anAnonymousGroup } from '#test/support/statements.ts';
import { authorityIsAgentOrPair } from '#xapi/statement/rules/authority-is-agent-or-pair.ts';

describe('authority (xAPI 1.0.3, Data 2.4.9)', () => {
  it.each([undefined, anAgent('ann'), anAnonymousGroup('app', 'ann')])('may be %j', (authority) => {
    expect(authorityIsAgentOrPair(aStatement(authority && { authority }), '$')).toBeUndefined();
  });

  it.each([
    anAnonymousGroup('app'),
    anAnonymousGroup('app', 'ann', 'bob'),
    { ...anAnonymousGroup('app', 'ann'), mbox: 'mailto:team@example.com' },
  ])('may not be %j', (authority) => {
    expect(authorityIsAgentOrPair(aStatement({ authority }), '$')?.path).toBe('$.authority');
  });
});

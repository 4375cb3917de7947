import { describe, expect, it } from 'vitest';

import { anAgent, anAnonymousGroup } from '#test/support/statements.ts';
import { anonymousGroupHasMembers } from '#xapi/statement/rules/anonymous-group-has-members.ts';

describe('anonymous Group (xAPI 1.0.3, Data 2.4.2.2)', () => {
  it('lists at least one member', () => {
    expect(anonymousGroupHasMembers(anAnonymousGroup('ann'), '$.actor')).toBeUndefined();
    expect(anonymousGroupHasMembers(anAnonymousGroup(), '$.actor')?.path).toBe('$.actor.member');
    expect(anonymousGroupHasMembers({ objectType: 'Group', name: 'team' }, '$.actor')?.path).toBe('$.actor.member');
  });

  it('is not an identified Group, nor an Agent', () => {
    const identified = { objectType: 'Group', mbox: 'mailto:team@example.com', member: [] } as const;
    expect(anonymousGroupHasMembers(identified, '$.actor')).toBeUndefined();
    expect(anonymousGroupHasMembers(anAgent('ann'), '$.actor')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { identityOf } from '#xapi/agent/identity.ts';
import { anAgent, anAnonymousGroup, ifiOfAgent } from '#test/support/statements.ts';

describe('who an actor is', () => {
  it('is told by the identifier of an agent or group', () => {
    expect(identityOf(anAgent('ann', { name: 'Ann' }))).toBe(ifiOfAgent('ann'));
    expect(identityOf({ ...anAnonymousGroup('bob'), ...anAgent('team') })).toBe(ifiOfAgent('team'));
  });

  it('is told by the members of an anonymous group, in whichever order, however often', () => {
    const identity = identityOf(anAnonymousGroup('ann', 'bob'));
    expect(identity).toBe(JSON.stringify([ifiOfAgent('ann'), ifiOfAgent('bob')]));
    expect(identityOf(anAnonymousGroup('bob', 'ann', 'bob'))).toBe(identity);
    expect(identityOf(anAnonymousGroup('ann'))).not.toBe(ifiOfAgent('ann'));
  });
});

import { describe, expect, it } from 'vitest';
import {
  aStatement,
  aSubStatement,
  anActivity,
  anAgent,
  anAnonymousGroup,
  ifiOfAgent,
} from '#test/support/statements.ts';
import { statementKeys } from '#xapi/statement/statement-keys.ts';
import { VOIDING_VERB } from '#xapi/statement/statement.ts';

describe('keys of a statement (xAPI 1.0.3, Communication 2.1.3)', () => {
  it('names actor, verb and object activity', () => {
    expect(statementKeys(aStatement())).toEqual({
      actor: ifiOfAgent('ann'),
      verb: 'http://example.com/verbs/attended',
      activity: anActivity('meeting').id,
      agents: [],
      relatedAgents: [],
      relatedActivities: [],
      authorities: [],
    });
  });

  it('finds an anonymous group by its members only', () => {
    const keys = statementKeys(aStatement({ actor: anAnonymousGroup('ann', 'bob', 'ann') }));
    expect(keys).not.toHaveProperty('actor');
    expect(keys.agents).toEqual([ifiOfAgent('ann'), ifiOfAgent('bob')]);
  });

  it('finds an identified group by itself and by its members', () => {
    const group = { ...anAnonymousGroup('ann', 'bob'), mbox: 'mailto:team@example.com' };
    const keys = statementKeys(aStatement({ object: group }));
    expect(keys.agents).toEqual([ifiOfAgent('team'), ifiOfAgent('bob')]);
    expect(keys).not.toHaveProperty('activity');
  });

  it('keeps what is related apart from what matches anyway', () => {
    const keys = statementKeys(
      aStatement({
        context: {
          instructor: anAgent('ann'),
          team: anAnonymousGroup('bob'),
          contextAgents: [{ objectType: 'contextAgent', agent: anAgent('cid') }],
          contextGroups: [{ objectType: 'contextGroup', group: anAnonymousGroup('dan', 'bob') }],
          contextActivities: {
            parent: anActivity('meeting'),
            other: [anActivity('a'), anActivity('b'), anActivity('a')],
          },
        },
      }),
    );
    expect(keys.relatedAgents).toEqual(['bob', 'cid', 'dan'].map(ifiOfAgent));
    expect(keys.relatedActivities).toEqual([anActivity('a').id, anActivity('b').id]);
  });

  it('finds what a SubStatement mentions only as related', () => {
    const object = aSubStatement({
      context: {
        registration: '6F5FDD10-9E2B-44A2-B4A3-8C4E1D2A0001',
        instructor: anAgent('bob'),
        contextActivities: { grouping: [anActivity('course')] },
      },
    });
    const keys = statementKeys(aStatement({ object }));
    expect(keys).toMatchObject({
      agents: [],
      relatedAgents: [ifiOfAgent('sub'), ifiOfAgent('bob')],
      relatedActivities: [anActivity('plan').id, anActivity('course').id],
      subActivity: anActivity('plan').id,
    });
    expect(keys).not.toHaveProperty('registration');
  });

  it('lists the authority and its members apart', () => {
    const keys = statementKeys(aStatement({ authority: anAnonymousGroup('app', 'user') }));
    expect(keys.authorities).toEqual([ifiOfAgent('app'), ifiOfAgent('user')]);
    expect(keys.relatedAgents).toEqual([]);
  });

  it('lower-cases registration and target', () => {
    const id = '6F5FDD10-9E2B-44A2-B4A3-8C4E1D2A0001';
    const object = { objectType: 'StatementRef', id } as const;
    expect(statementKeys(aStatement({ object, context: { registration: id } }))).toMatchObject({
      registration: id.toLowerCase(),
      target: id.toLowerCase(),
    });
    expect(statementKeys(aStatement({ object }))).not.toHaveProperty('voids');
    expect(statementKeys(aStatement({ object, verb: { id: VOIDING_VERB } }))).toMatchObject({
      voids: id.toLowerCase(),
    });
  });
});

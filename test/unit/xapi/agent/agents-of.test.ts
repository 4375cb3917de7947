import { describe, expect, it } from 'vitest';
import { aStatement, aSubStatement, anAgent } from '#test/support/statements.ts';
import { agentsOf } from '#xapi/agent/agents-of.ts';

const named = (name: string) => anAgent(name, { name });
const group = (...names: readonly string[]) => ({
  objectType: 'Group' as const,
  name: 'Team',
  member: names.map(named),
});

describe('what a statement says of agents (xAPI 1.0.3, Communication 2.4)', () => {
  it('is in every place that names one', () => {
    const statement = aStatement({
      actor: group('ann', 'bob'),
      object: aSubStatement({ actor: named('sub'), object: { ...named('sub-object'), objectType: 'Agent' } }),
      context: {
        instructor: named('ian'),
        team: group('tom'),
        contextAgents: [{ objectType: 'contextAgent', agent: named('cid') }],
        contextGroups: [{ objectType: 'contextGroup', group: group('dan') }],
      },
      authority: named('lms'),
    });
    const names = agentsOf(statement).map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set(['ann', 'bob', 'sub', 'sub-object', 'ian', 'tom', 'cid', 'dan', 'lms']));
  });

  it('is nothing without a name', () => {
    expect(agentsOf(aStatement())).toEqual([]);
  });

  it('counts once per identifier and name', () => {
    const context = { instructor: named('ann'), team: { ...group(), member: [anAgent('ann', { name: 'Ann' })] } };
    expect(agentsOf(aStatement({ actor: named('ann'), context }))).toHaveLength(2);
  });
});

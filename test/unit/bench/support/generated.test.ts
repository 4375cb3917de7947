import { describe, expect, it } from 'vitest';
import {
  isWholeRegistration,
  leastOfEach,
  OF_REGISTRATION,
  ONE_OF,
  statementAt,
  type Subject,
  subjectAt,
} from '#bench/support/generated.ts';
import { validateStatements } from '#xapi/statement/validate-statement.ts';

const STATEMENTS = Array.from({ length: 200 }, (_, index) => statementAt('seed', index));

describe('generated statements', () => {
  it.each(['1.0.3', '2.0.0'] as const)('are valid in version %s', (version) => {
    expect(validateStatements(STATEMENTS, version)).toHaveLength(STATEMENTS.length);
  });

  it('have about 1.2 KB of JSON', () => {
    const bytes = JSON.stringify(STATEMENTS).length / STATEMENTS.length;
    expect(bytes).toBeGreaterThan(1_100);
    expect(bytes).toBeLessThan(1_500);
  });

  it('are the same for the same seed, and have ids of their own', () => {
    expect(statementAt('seed', 7)).toEqual(statementAt('seed', 7));
    expect(new Set([...STATEMENTS, statementAt('other', 0)].map(({ id }) => id)).size).toBe(201);
  });

  it('are about what their subject says', () => {
    const { agent, verb, activity, registration } = subjectAt('seed', 7);
    expect(statementAt('seed', 7)).toMatchObject({
      actor: agent,
      verb: { id: verb },
      object: { id: activity },
      context: { registration },
    });
  });

  it.each([
    ['agent', ({ agent }: Subject) => agent.account.name],
    ['verb', ({ verb }: Subject) => verb],
    ['activity', ({ activity }: Subject) => activity],
    ['course', ({ course }: Subject) => course],
    ['all', ({ agent, verb, activity }: Subject) => `${agent.account.name} ${verb} ${activity}`],
  ] as const)('are alike as often as is told: %s', (name, of) => {
    const names = Array.from({ length: 4_000 }, (_, index) => of(subjectAt('seed', index)));
    const counts = [...Map.groupBy(names, (text) => text).values()].map(({ length }) => length);
    expect(Math.min(...counts)).toBe(4_000 / ONE_OF[name]);
    expect(leastOfEach(ONE_OF[name], 4_399)).toBe(4_000 / ONE_OF[name]);
  });

  it('have a registration of their own for each attempt of a learner', () => {
    const statements = Array.from({ length: 4_000 }, (_, index) => subjectAt('seed', index));
    const attempts = [...Map.groupBy(statements, ({ registration }) => registration).values()];
    expect(attempts.map(({ length }) => length)).toEqual(attempts.map(() => OF_REGISTRATION));
    expect([0, 1_999, 2_000, 3_999].map((index) => isWholeRegistration(index, 3_999))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const learners = attempts.map((attempt) => new Set(attempt.map(({ agent }) => agent.account.name)).size);
    expect(learners).toEqual(attempts.map(() => 1));
  });
});

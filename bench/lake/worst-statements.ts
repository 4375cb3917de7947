import { namedUuid } from '#bench/lake/random.ts';
import type { Statement } from '#xapi/statement/statement.ts';

export interface WorstStatements {
  readonly name: string;
  /** @param stored milliseconds since 1970 */
  readonly make: (stored: number) => Statement;
}

/** Characters of JSON, just below what one statement may have (`http/statements/limits.ts`). */
const SIZE = 3_900_000;

/**
 * Statements that take little of an event and much memory, because they are compressed a thousandfold: an event of 6 MB has
 * gigabytes of them.
 */
export const WORST_STATEMENTS: readonly WorstStatements[] = [
  {
    name: 'long responses',
    make: (stored) => statement(stored, { response: 'a'.repeat(SIZE) }),
  },
  {
    // Each takes many times the memory that it takes characters.
    name: 'extensions of empty objects',
    make: (stored) =>
      statement(stored, { extensions: { 'https://example.com/x': Array.from({ length: SIZE / 3 }, () => ({})) } }),
  },
  {
    name: 'long lists of context activities',
    make: (stored) => ({
      ...statement(stored, {}),
      context: {
        contextActivities: { other: Array.from({ length: SIZE / 20 }, (_, index) => ({ id: `a:${index % 1_000}` })) },
      },
    }),
  },
];

function statement(stored: number, result: NonNullable<Statement['result']>): Statement {
  return {
    id: namedUuid(String(stored)),
    actor: { mbox: 'mailto:learner@example.com' },
    verb: { id: 'https://example.com/verbs/wrote' },
    object: { id: 'https://example.com/activities/essay' },
    result,
    timestamp: new Date(stored).toISOString(),
    stored: new Date(stored).toISOString(),
    version: '1.0.3',
  };
}

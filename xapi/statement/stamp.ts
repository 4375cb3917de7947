import type { Statement, StatementDraft } from '#xapi/statement/statement.ts';

export interface StampedStatement {
  readonly value: Statement;
  /** The statement in `exact` format, as JSON text. */
  readonly text: string;
}

/**
 * Sets the times of a statement: `stored` always, whatever the client sent (xAPI 1.0.3, Data 2.4.8), `timestamp` to
 * the same where the client gave none (xAPI 1.0.3, Data 2.4.7).
 *
 * @param storedMs milliseconds since 1970
 */
export function stampStatement(draft: StatementDraft, storedMs: number): StampedStatement {
  const stored = new Date(storedMs).toISOString();
  const stamp = (statement: Statement): Statement => ({
    ...statement,
    timestamp: statement.timestamp ?? stored,
    stored,
  });
  return { value: stamp(draft.value), text: JSON.stringify(stamp(draft.exact)) };
}

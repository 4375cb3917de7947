import type { StatementDraft } from '#xapi/statement/statement.ts';

/**
 * Sets the times of a statement: `stored` always, whatever the client sent (xAPI 1.0.3, Data 2.4.8), `timestamp` to
 * the same where the client gave none (xAPI 1.0.3, Data 2.4.7).
 *
 * @param storedMs milliseconds since 1970
 * @returns the statement in `exact` format, as JSON text
 */
export function stampedText({ exact }: StatementDraft, storedMs: number): string {
  const stored = new Date(storedMs).toISOString();
  return JSON.stringify({ ...exact, timestamp: exact.timestamp ?? stored, stored });
}

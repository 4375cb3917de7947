import type { JobProgress } from '#access/job.ts';
import { storedAt } from '#storage/position.ts';
import type { StoredStatement } from '#xapi/statement/statement.ts';

/** @param next where the next page begins; undefined: there is none */
export function progressAfter(
  progress: JobProgress,
  statements: readonly StoredStatement[],
  next: string | undefined,
): JobProgress {
  const { first = statements[0] && storedAt(statements[0].at) } = progress;
  return {
    ...progress,
    statements: progress.statements + statements.length,
    ...(next !== undefined && { cursor: next }),
    ...(first !== undefined && { first }),
  };
}

import type { JobProgress, LakeBackfillTask } from '#access/job.ts';
import type { ChunkOf } from '#functions/jobs/chunk.ts';
import type { JobsDeps } from '#functions/jobs/deps.ts';
import { markVoided } from '#functions/jobs/lake/mark-voided.ts';
import { progressAfter } from '#functions/jobs/progress-after.ts';
import { untilConsistent } from '#functions/jobs/until-consistent.ts';
import { readStatement } from '#lake/rows/read-statement.ts';
import type { LakeStatement } from '#lake/rows/row.ts';
import { weightOf } from '#lake/rows/weight.ts';
import type { StoredStatement } from '#xapi/statement/statement.ts';

/** By `weightOf`, and one page more: what the lake is told of at once. */
const LOT_SIZE = 6_000_000;
/** Milliseconds after which it is told of fewer: so often people see how far it is. */
const LONGEST = 15_000;
/** Of a page that is read at once: at the least rate it takes a few seconds. */
const PAGE_STATEMENTS = 500;
const PAGE_BYTES = 2_000_000;

/** Reads the next statements of a store, no faster than they may be read, and tells the lake of them. */
export const backfillChunk: ChunkOf<LakeBackfillTask, JobsDeps> = async (deps, job, pace) => {
  const { store, task, created } = job;
  await untilConsistent(deps, created);
  const lot: LakeStatement[] = [];
  const ends = deps.now() + LONGEST;
  let progress: JobProgress = job.progress;
  let weight = 0;
  let isLast = false;
  while (!isLast && weight < LOT_SIZE && deps.now() < ends && pace.hasTime()) {
    const began = deps.now();
    const { statements, next } = await deps.statements.query({
      store,
      filters: { until: Math.min(task.until, created), ...(task.since !== undefined && { since: task.since }) },
      ascending: true,
      limit: Math.min(PAGE_STATEMENTS, task.rate),
      ...(progress.cursor !== undefined && { after: progress.cursor }),
      maxBytes: PAGE_BYTES,
    });
    const page = statements.map(lakeStatementOf);
    lot.push(...page);
    weight += page.reduce((sum, statement) => sum + weightOf(statement), 0);
    progress = progressAfter(progress, statements, next);
    isLast = next === undefined;
    await pace.beat();
    const due = began + (statements.length / task.rate) * 1_000;
    if (!isLast && due > deps.now()) await deps.sleep(due - deps.now());
  }
  await pace.renew();
  await deps.lake.add(store, lot);
  await markVoided(deps, store, lot);
  return { progress, isLast };
};

function lakeStatementOf({ id, at: position, text, voided }: StoredStatement): LakeStatement {
  return readStatement({ id, position, text, voided });
}

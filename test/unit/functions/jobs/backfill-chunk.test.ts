import { describe, expect, it } from 'vitest';
import { type Job, type LakeBackfillTask, NO_PROGRESS } from '#access/job.ts';
import type { JobsDeps } from '#functions/jobs/deps.ts';
import { backfillChunk } from '#functions/jobs/lake/backfill-chunk.ts';
import type { StatementQuery } from '#storage/statement-store.ts';
import { StoredStatements } from '#test/support/lake.ts';

const MB = 1_000_000;
/** Of what the lake is told at once: what is made of it may take a hundred times as much. */
const MOST = 8 * MB;

describe('a chunk of a backfill', () => {
  it('holds no more than the lake can be told of at once, however large pages may be', async () => {
    const stored = new StoredStatements();
    const lots: number[] = [];
    const query = ({ maxBytes }: StatementQuery) => {
      const { id, position: at, text, voided } = stored.make({ result: { response: 'x'.repeat(maxBytes) } });
      return Promise.resolve({ statements: [{ id, at, text, bytes: text.length, voided }], next: at });
    };
    const add: JobsDeps['lake']['add'] = (_, lot) => {
      lots.push(lot.reduce((sum, { text }) => sum + text.length, 0));
      return Promise.resolve(lot.length);
    };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else is used
    const deps = {
      now: () => 0,
      sleep: () => Promise.resolve(),
      statements: { query, consistentThrough: () => 1, get: () => Promise.resolve(undefined) },
      lake: { add },
      marks: { add: () => Promise.resolve() },
    } as unknown as JobsDeps;
    const task: LakeBackfillTask = { kind: 'lake-backfill', until: 1, rate: 500 };
    const place = { store: 'default', id: 'job', created: 1, createdBy: 'key' };
    const job: Omit<Job, 'task'> = { ...place, state: 'running', progress: NO_PROGRESS };
    const pace = { hasTime: () => true, beat: () => Promise.resolve(), renew: () => Promise.resolve() };
    const { isLast } = await backfillChunk(deps, { ...job, task }, pace);
    expect(isLast).toBe(false);
    expect(lots).toHaveLength(1);
    expect(lots[0]).toBeGreaterThan(MOST / 2);
    expect(lots[0]).toBeLessThan(MOST * 1.01);
  });
});

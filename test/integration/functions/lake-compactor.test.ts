import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler, type CompactionEvent } from '#functions/lake-compactor/handler.ts';
import { LAKE_TABLES } from '#lake/columns.ts';
import { dataFolder } from '#lake/files/layout.ts';
import { readManifest } from '#lake/files/manifest.ts';
import type { LakeStatement } from '#lake/rows/row.ts';
import { createLogger } from '#runtime/logger.ts';
import type { ObjectStore } from '#storage/object-store.ts';
import { compactionOn, freshLake, lakeWriterOn, partitionOf, StoredStatements } from '#test/support/lake.ts';
import { idsIn } from '#test/support/lake-readers.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let objects: ObjectStore;
let lines: string[];
/** Two files each of days that follow on one another, the oldest first. */
let days: readonly (readonly LakeStatement[])[];

beforeEach(async () => {
  objects = await freshLake();
  lines = [];
  days = [3, 2, 1].map((ago) => new StoredStatements(() => Date.now() - ago * DAY).many(2));
  for (const statement of days.flat()) await lakeWriterOn(objects).add('default', [statement]);
});

function compact(event: CompactionEvent, remaining: () => number = () => 15 * MINUTE): Promise<void> {
  const logger = createLogger('info', (line) => lines.push(line), Date.now);
  return createHandler({ ...compactionOn(objects), logger })(event, { getRemainingTimeInMillis: remaining });
}

async function filesOfDays(): Promise<readonly number[]> {
  return Promise.all(
    days.flatMap(([first]) => {
      if (first === undefined) return [];
      return [readManifest(objects, LAKE_TABLES.statements, partitionOf(first)).then(({ names }) => names.length)];
    }),
  );
}

function firstOf(day: number): LakeStatement {
  const first = days[day]?.[0];
  if (first === undefined) throw new Error('There is no such day.');
  return first;
}

describe('the compactor of the lake', () => {
  it('compacts all days that have changed, and says what it did', async () => {
    await compact({});
    expect(await filesOfDays()).toEqual([1, 1, 1]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject(days.map(() => ({ merged: 2, written: 1, rows: 2 })));
  });

  it('compacts one day, when it is called for that, and says how many rows have gone', async () => {
    const partition = partitionOf(firstOf(1));
    await compactionOn(objects).marks.add(partition, [firstOf(1).position]);
    await compact(partition);
    expect(await filesOfDays()).toEqual([2, 1, 2]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ merged: 2, rows: 1, LakeRowsRemoved: 1 }]);
  });

  it('goes on with the other days when one cannot be compacted', async () => {
    const partition = partitionOf(firstOf(0));
    const { names } = await readManifest(objects, LAKE_TABLES.statements, partition);
    await objects.delete(`${dataFolder(LAKE_TABLES.statements, partition)}${names[0] ?? ''}`);
    await compact({});
    expect(await filesOfDays()).toEqual([2, 1, 1]);
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'lake not compacted', day: partition.day }),
    );
  });

  it('leaves to the next call what there is no time for', async () => {
    let calls = 0;
    await compact({}, () => ((calls += 1) > 1 ? 5 * MINUTE : 6 * MINUTE));
    expect(await filesOfDays()).toEqual([1, 2, 2]);
    await compact({});
    expect(await filesOfDays()).toEqual([1, 1, 1]);
  });

  it.each([{ store: '|', day: '2026-11-29' }, { store: 'default', day: 'today' }, { store: 1 }, { day: '../..' }])(
    'takes an event that names no day for one about all: %j',
    async (event) => {
      await compact(event);
      expect(await filesOfDays()).toEqual([1, 1, 1]);
      expect(await idsIn(objects, partitionOf(firstOf(0)))).toHaveLength(2);
    },
  );
});

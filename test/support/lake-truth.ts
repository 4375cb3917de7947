import { expect } from 'vitest';
import { LAKE_TABLES, type LakeTable } from '#lake/columns.ts';
import { compactLake } from '#lake/compaction/compact-lake.ts';
import type { CompactionDeps } from '#lake/compaction/compact-partition.ts';
import { DIMENSION_NAMES, DIMENSIONS } from '#lake/dimensions/dimension.ts';
import { dataFolder, type DayPartition, type Partition } from '#lake/files/layout.ts';
import { readManifest } from '#lake/files/manifest.ts';
import { inMemory, ParquetReader } from '#lake/parquet/parquet-reader.ts';
import { PENDING_FOLDER } from '#lake/removals/removal-marks.ts';
import type { ObjectStore } from '#storage/object-store.ts';
import { compactionOn } from '#test/support/lake.ts';
import { keysIn } from '#test/support/lake-readers.ts';

const TWINS = ['statements', 'pseudonymous'] as const;

/** More than any reader, writer or compaction takes. */
const LONG_AFTER = 24 * 3_600_000;

/** Positions of all rows that readers see, in ascending order. @throws Error when a file is not there */
export async function positionsOf(
  objects: ObjectStore,
  partition: DayPartition,
  table: (typeof TWINS)[number] = 'statements',
): Promise<readonly string[]> {
  const { names } = await readManifest(objects, LAKE_TABLES[table], partition);
  const folder = dataFolder(LAKE_TABLES[table], partition);
  const positions = await Promise.all(names.map((name) => positionsInFile(objects, folder + name)));
  return positions.flat().toSorted();
}

export async function positionsInFile(objects: ObjectStore, key: string): Promise<readonly string[]> {
  const found = await objects.get(key);
  if (found === undefined) throw new Error(`${key} is current, but not there.`);
  const reader = await ParquetReader.open(inMemory(found.content));
  return (await reader.column('position')).map(String);
}

/**
 * Lets everything that is under way come to its end, and then a long time go by: the lake has these statements, each once,
 * and no file besides those that are current.
 *
 * @param positions in ascending order
 */
export async function expectAtRest(
  objects: ObjectStore,
  partition: DayPartition,
  positions: readonly string[],
  deps: Partial<CompactionDeps> = {},
): Promise<void> {
  await compactAll(objects, { ...deps, now: () => Date.now() + LONG_AFTER });
  await compactAll(objects, { ...deps, now: () => Date.now() + 2 * LONG_AFTER });
  for (const table of TWINS) expect(await positionsOf(objects, partition, table)).toEqual(positions);
  for (const table of TWINS) await expectOnlyCurrent(objects, LAKE_TABLES[table], partition);
  for (const name of DIMENSION_NAMES) {
    await expectOnlyCurrent(objects, DIMENSIONS[name].table, { store: partition.store });
  }
  expect(await keysIn(objects, PENDING_FOLDER)).toEqual([]);
}

async function compactAll(objects: ObjectStore, deps: Partial<CompactionDeps>): Promise<void> {
  const run = { full: true, goesOn: () => true, onResult: () => {}, onError: fail };
  await compactLake(compactionOn(objects, deps), run);
}

function fail(_: unknown, error: unknown): never {
  throw error;
}

async function expectOnlyCurrent(objects: ObjectStore, table: LakeTable, partition: Partition): Promise<void> {
  const { names } = await readManifest(objects, table, partition);
  const folder = dataFolder(table, partition);
  expect(await keysIn(objects, folder)).toEqual(names.map((name) => folder + name));
}

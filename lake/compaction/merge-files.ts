import { randomBytes } from 'node:crypto';
import { LAKE_TABLES } from '#lake/columns.ts';
import type { CurrentFile } from '#lake/compaction/current-files.ts';
import { mergeRows } from '#lake/compaction/merge-rows.ts';
import { type MergeDeps, takeUpdates } from '#lake/compaction/take-updates.ts';
import { FileGone } from '#lake/files/file-gone.ts';
import { hashOfRows } from '#lake/files/file-name.ts';
import { dataFolder, type DayPartition } from '#lake/files/layout.ts';
import { readManifest, replaceManifest } from '#lake/files/manifest.ts';
import { publishTwin } from '#lake/files/publish-twin.ts';
import { deleteStatementFile, encodeStatements, formatReplaces, putStatementFile } from '#lake/files/statement-file.ts';
import { inMemory, ParquetReader } from '#lake/parquet/parquet-reader.ts';
import type { ObjectStore } from '#storage/object-store.ts';

/** What became of a partition. */
export interface CompactionResult {
  /** Files that took part, and files that came of them. */
  readonly merged: number;
  readonly written: number;
  /** Rows in the files that were written, and rows that are gone. */
  readonly rows: number;
  readonly removed: number;
}

export const NOTHING_MERGED: CompactionResult = { merged: 0, written: 0, rows: 0, removed: 0 };

/** Tells the files of one run from those of every other. */
const RUN_BYTES = 8;

/**
 * Puts one file in the place of some, all at once for readers.
 *
 * @param removed positions of rows that are to be left out
 * @returns nothing merged: somebody else has put others in the place of one of them
 */
export async function mergeFiles(
  deps: MergeDeps,
  partition: DayPartition,
  group: readonly CurrentFile[],
  removed: ReadonlySet<string>,
): Promise<CompactionResult> {
  const { objects, grace } = deps;
  const readers = await openAll(objects, partition, group);
  await takeUpdates(deps, partition, readers);
  const merged = await mergeRows(readers, removed);
  const run = randomBytes(RUN_BYTES).toString('hex');
  const olds = group.map(({ name }) => name);
  const file = encodeStatements(
    merged.groups,
    {
      kind: 'merged',
      first: merged.positions[0] ?? group[0]?.first ?? '',
      last: merged.positions.at(-1) ?? group[0]?.first ?? '',
      rows: merged.rows,
      rawBytes: merged.rawBytes,
      base: run,
      hash: hashOfRows([run, ...merged.positions]),
    },
    formatReplaces(olds),
  );
  await putStatementFile(objects, partition, file);
  if (!(await takePlace(objects, partition, olds, file.name))) {
    await deleteStatementFile(objects, partition, file.name);
    return NOTHING_MERGED;
  }
  if (grace === 0) {
    await publishTwin(objects, partition);
    for (const name of olds) await deleteStatementFile(objects, partition, name);
  }
  const before = group.reduce((rows, old) => rows + old.rows, 0);
  return { merged: group.length, written: 1, rows: merged.rows, removed: before - merged.rows };
}

async function openAll(
  objects: ObjectStore,
  partition: DayPartition,
  group: readonly CurrentFile[],
): Promise<readonly ParquetReader[]> {
  const readers: ParquetReader[] = [];
  for (const { name } of group) {
    const key = dataFolder(LAKE_TABLES.statements, partition) + name;
    const found = await objects.get(key);
    if (found === undefined) throw new FileGone(key);
    readers.push(await ParquetReader.open(inMemory(found.content)));
  }
  return readers;
}

/** @returns false: one of the old files is current no more, so somebody else has done the same */
async function takePlace(
  objects: ObjectStore,
  partition: DayPartition,
  olds: readonly string[],
  name: string,
): Promise<boolean> {
  for (;;) {
    const manifest = await readManifest(objects, LAKE_TABLES.statements, partition);
    if (!olds.every((old) => manifest.names.includes(old))) return manifest.names.includes(name);
    const names = [...manifest.names.filter((current) => !olds.includes(current)), name];
    if (await replaceManifest(objects, LAKE_TABLES.statements, partition, manifest, names)) return true;
  }
}

import type { StoreId } from '#access/store.ts';
import { LAKE_TABLES } from '#lake/columns.ts';
import type { CompactionDeps } from '#lake/compaction/compact-partition.ts';
import { currentFiles, filesWith } from '#lake/compaction/current-files.ts';
import { mergeFiles } from '#lake/compaction/merge-files.ts';
import { DIMENSIONS } from '#lake/dimensions/dimension.ts';
import { isGarbage } from '#lake/dimensions/dimension-file.ts';
import { DimensionTable } from '#lake/dimensions/dimension-table.ts';
import { FileGone, retryWhenGone } from '#lake/files/file-gone.ts';
import { baseOf, parseFileName } from '#lake/files/file-name.ts';
import { positionsIn } from '#lake/files/file-rows.ts';
import { dataFolder, dayOf, type DayPartition } from '#lake/files/layout.ts';
import { readManifest } from '#lake/files/manifest.ts';
import { publishTwin } from '#lake/files/publish-twin.ts';
import { deleteStatementFile } from '#lake/files/statement-file.ts';
import { readMarks } from '#lake/removals/removal-marks.ts';

/** What is to be in the lake no more. */
export interface Erasure {
  /** Positions of statements. */
  readonly positions: readonly string[];
  /** `actor_key` of actors whom nothing that stays speaks of. */
  readonly actors?: readonly string[];
}

/**
 * Takes statements out of the lake: only the files are written anew that have them. When it returns, neither current files
 * nor old ones have them; what of them is told of late, the next compaction takes out. Older versions that the bucket keeps go
 * by its lifecycle. It can be done again, and has to be when it throws.
 */
export async function eraseStatements(deps: CompactionDeps, store: StoreId, erasure: Erasure): Promise<void> {
  for (const [day, positions] of Map.groupBy(erasure.positions, dayOf)) {
    await eraseOfDay(deps, { store, day }, positions);
  }
  const { actors = [] } = erasure;
  if (actors.length > 0) await eraseActors(deps, store, actors);
}

/** With all that others have taken the place of, whichever of them had the actors. */
async function eraseActors({ objects }: CompactionDeps, store: StoreId, actors: readonly string[]): Promise<void> {
  const { table } = DIMENSIONS.actors;
  await new DimensionTable(objects, DIMENSIONS.actors, false).remove(store, actors);
  const folder = dataFolder(table, { store });
  const keys: string[] = [];
  for await (const { key } of objects.list(folder)) keys.push(key);
  const manifest = await readManifest(objects, table, { store });
  for (const key of keys) if (isGarbage(key.slice(folder.length), manifest)) await objects.delete(key);
}

async function eraseOfDay(deps: CompactionDeps, partition: DayPartition, positions: readonly string[]): Promise<void> {
  const { objects, marks } = deps;
  await marks.add(partition, positions);
  const erased = new Set(positions);
  await retryWhenGone(() => rewriteCurrent(deps, partition, erased));
  await publishTwin(objects, partition);
  await retryWhenGone(() => deleteOld(deps, partition, erased));
}

async function rewriteCurrent(
  deps: CompactionDeps,
  partition: DayPartition,
  erased: ReadonlySet<string>,
): Promise<void> {
  for (;;) {
    const files = await currentFiles(deps.objects, partition);
    const concerned = await filesWith(deps.objects, partition, files, erased);
    if (concerned.size === 0) return;
    // A merged file must have nothing that was marked before, because it may never be looked at again.
    const { removed } = await readMarks(deps.marks, partition);
    for (const file of files) {
      if (concerned.has(file.name)) await mergeFiles(deps, partition, [file], removed);
    }
  }
}

/**
 * Old files with erased rows go at once. None of them can become current again: what they were to take the place of has
 * these rows, too, and is not current any more. Only a fresh file may, whose writer is about to add it: it is left to
 * compaction, which knows the marks.
 */
async function deleteOld(
  { objects }: CompactionDeps,
  partition: DayPartition,
  erased: ReadonlySet<string>,
): Promise<void> {
  const folder = dataFolder(LAKE_TABLES.statements, partition);
  const names: string[] = [];
  for await (const { key } of objects.list(folder)) names.push(key.slice(folder.length));
  const manifest = await readManifest(objects, LAKE_TABLES.statements, partition);
  for (const name of names) {
    const file = parseFileName(name);
    if (file === undefined || manifest.names.includes(name)) continue;
    if (file.kind === 'fresh' && file.base === baseOf(manifest.text)) continue;
    if (await hasAny(name, file.bytes)) await deleteStatementFile(objects, partition, name);
  }

  async function hasAny(name: string, bytes: number): Promise<boolean> {
    try {
      const there = await positionsIn(objects, LAKE_TABLES.statements, partition, name, { bytes });
      return there.some((position) => erased.has(position));
    } catch (error) {
      if (error instanceof FileGone) return false;
      throw error;
    }
  }
}

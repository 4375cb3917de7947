import { LAKE_TABLES, type LakeTable } from '#lake/columns.ts';
import { isGarbage } from '#lake/dimensions/dimension-file.ts';
import { FileGone } from '#lake/files/file-gone.ts';
import { baseOf, type FileName, parseFileName } from '#lake/files/file-name.ts';
import { sourceOf } from '#lake/files/file-rows.ts';
import { dataFolder, type DayPartition, manifestKey, type Partition } from '#lake/files/layout.ts';
import { type Manifest, readManifest } from '#lake/files/manifest.ts';
import { deleteStatementFile, replacedBy } from '#lake/files/statement-file.ts';
import { ParquetReader } from '#lake/parquet/parquet-reader.ts';
import type { ListedObject, ObjectStore } from '#storage/object-store.ts';

export interface GarbageDeps {
  readonly objects: ObjectStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds that files stay for readers that are at them, after others have taken their place. */
  readonly grace: number;
}

/**
 * Deletes the files of a day that are not current and never will be, however long who has written them slept: those that
 * others have taken the place of, and those of writers that died.
 */
export async function collectGarbage(deps: GarbageDeps, partition: DayPartition): Promise<number> {
  const { objects, now, grace } = deps;
  const table = LAKE_TABLES.statements;
  // Listed before the manifest is read: what comes in between is not looked at.
  const listed = await listFiles(objects, partition);
  // The manifest of the twin may have followed long after, when somebody died in between.
  if (!(await areAtRest(deps, [table, LAKE_TABLES.pseudonymous], partition))) return 0;
  const twin = await readManifest(objects, LAKE_TABLES.pseudonymous, partition);
  const manifest = await readManifest(objects, table, partition);
  const current = new Set([...twin.names, ...manifest.names]);
  let deleted = 0;
  for (const [name, modified] of listed) {
    const file = parseFileName(name);
    if (file === undefined || current.has(name) || modified > now() - grace) continue;
    if (await mayBecomeCurrent(objects, dataFolder(table, partition) + name, file, manifest)) continue;
    await deleteStatementFile(objects, partition, name);
    deleted += 1;
  }
  return deleted;
}

/**
 * Files, and twins without one, whose writer slept while the file went. Twins are listed first, because they are written
 * last: one that is there then had its file, which is there still or has gone.
 *
 * @returns when each was written, by name
 */
async function listFiles(objects: ObjectStore, partition: DayPartition): Promise<ReadonlyMap<string, number>> {
  const listed = new Map<string, number>();
  for (const table of [LAKE_TABLES.pseudonymous, LAKE_TABLES.statements]) {
    const folder = dataFolder(table, partition);
    for (const { key, modified } of await listAll(objects, folder)) listed.set(key.slice(folder.length), modified);
  }
  return listed;
}

/** A fresh file is added to the manifest that it was made for, a merged one while all that it replaces are current. */
async function mayBecomeCurrent(
  objects: ObjectStore,
  key: string,
  { kind, base, bytes }: FileName,
  { names, text }: Manifest,
): Promise<boolean> {
  if (kind === 'fresh') return base === baseOf(text);
  try {
    const olds = replacedBy(await ParquetReader.open(sourceOf(objects, key, bytes)));
    return olds.length > 0 && olds.every((old) => names.includes(old));
  } catch (error) {
    if (error instanceof FileGone) return false;
    throw error;
  }
}

/** Deletes the files of a dimension that are not current and never will be. */
export async function collectDimensionGarbage(
  deps: GarbageDeps,
  table: LakeTable,
  partition: Partition,
): Promise<void> {
  const { objects, now, grace } = deps;
  const folder = dataFolder(table, partition);
  const listed = await listAll(objects, folder);
  if (!(await areAtRest(deps, [table], partition))) return;
  const manifest = await readManifest(objects, table, partition);
  for (const { key, modified } of listed) {
    if (modified <= now() - grace && isGarbage(key.slice(folder.length), manifest)) await objects.delete(key);
  }
}

/** Whether readers of all manifests before these have ended. */
async function areAtRest(
  { objects, now, grace }: GarbageDeps,
  tables: readonly LakeTable[],
  partition: Partition,
): Promise<boolean> {
  for (const table of tables) {
    const [manifest] = await listAll(objects, manifestKey(table, partition));
    if (manifest === undefined || manifest.modified > now() - grace) return false;
  }
  return true;
}

async function listAll(objects: ObjectStore, prefix: string): Promise<readonly ListedObject[]> {
  const listed: ListedObject[] = [];
  for await (const object of objects.list(prefix)) listed.push(object);
  return listed;
}

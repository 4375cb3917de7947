import { LAKE_TABLES, type LakeTable } from '#lake/columns.ts';
import { baseOf, parseFileName } from '#lake/files/file-name.ts';
import { dataFolder, type DayPartition, manifestKey, type Partition } from '#lake/files/layout.ts';
import { readManifest } from '#lake/files/manifest.ts';
import { deleteStatementFile } from '#lake/files/statement-file.ts';
import type { ListedObject, ObjectStore } from '#storage/object-store.ts';

export interface GarbageDeps {
  readonly objects: ObjectStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds that files stay for readers that are at them, after others have taken their place. */
  readonly grace: number;
}

/** Milliseconds: far more than a compaction may take, from writing a file until it is current. */
const LONGEST_RUN = 3_600_000;

/**
 * Deletes the files of a day that are not current and never will be: those that others have taken the place of, and those
 * of writers that died. A fresh one is beyond every writer once its base is not the manifest any more; a merged one, once
 * the run that has written it must have ended.
 */
export async function collectGarbage(deps: GarbageDeps, partition: DayPartition): Promise<number> {
  const { objects, now, grace } = deps;
  const table = LAKE_TABLES.statements;
  const folder = dataFolder(table, partition);
  // Listed before the manifest is read: what comes in between is not looked at.
  const listed = await listAll(objects, folder);
  if (!(await isAtRest(deps, table, partition))) return 0;
  const { names, text } = await readManifest(objects, table, partition);
  const current = new Set(names);
  let deleted = 0;
  for (const { key, modified } of listed) {
    const name = key.slice(folder.length);
    const file = parseFileName(name);
    if (file === undefined || current.has(name) || modified > now() - grace) continue;
    const mayBecomeCurrent = file.kind === 'fresh' ? file.base === baseOf(text) : modified > now() - LONGEST_RUN;
    if (mayBecomeCurrent) continue;
    await deleteStatementFile(objects, partition, name);
    deleted += 1;
  }
  return deleted;
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
  const { names } = await readManifest(objects, table, partition);
  for (const { key, modified } of listed) {
    const isOld = modified <= now() - Math.max(grace, LONGEST_RUN);
    if (isOld && !names.includes(key.slice(folder.length))) await objects.delete(key);
  }
}

/** Whether readers of all manifests before have ended. */
async function isAtRest(
  { objects, now, grace }: GarbageDeps,
  table: LakeTable,
  partition: Partition,
): Promise<boolean> {
  for await (const { modified } of objects.list(manifestKey(table, partition))) return modified <= now() - grace;
  return false;
}

async function listAll(objects: ObjectStore, prefix: string): Promise<readonly ListedObject[]> {
  const listed: ListedObject[] = [];
  for await (const object of objects.list(prefix)) listed.push(object);
  return listed;
}

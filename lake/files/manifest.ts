import type { LakeTable } from '#lake/columns.ts';
import { dataFolder, manifestKey, type Partition } from '#lake/files/layout.ts';
import type { ObjectStore } from '#storage/object-store.ts';

/**
 * Says which files of a partition are current: what else lies beside them does not exist for readers. It is a text with one
 * URL a line, as Hive's symlinks are, so that Athena reads it itself. It is replaced as a whole by one writer at a time:
 * that is the moment at which rows come, move and go, all of a change at once.
 *
 * No manifest ever has the text of an earlier one, because every change adds a file of a new name.
 */
export interface Manifest {
  /** Names within the folder of the partition. */
  readonly names: readonly string[];
  /** Undefined: there is none yet. */
  readonly text: string | undefined;
  readonly etag: string | undefined;
}

type Folder = Pick<LakeTable, 'folder'>;

export async function readManifest(
  objects: Pick<ObjectStore, 'get'>,
  table: Folder,
  partition: Partition,
): Promise<Manifest> {
  const found = await objects.get(manifestKey(table, partition));
  if (found === undefined) return { names: [], text: undefined, etag: undefined };
  const text = Buffer.from(found.content).toString();
  return { names: namesIn(text), text, etag: found.etag };
}

/** @returns false: somebody else has replaced it since it was read */
export async function replaceManifest(
  objects: ObjectStore,
  table: Folder,
  partition: Partition,
  seen: Manifest,
  names: readonly string[],
): Promise<boolean> {
  const text = manifestText(objects.root, table, partition, names);
  return objects.replace(manifestKey(table, partition), Buffer.from(text), seen.etag);
}

export function manifestText(root: string, table: Folder, partition: Partition, names: readonly string[]): string {
  const folder = `${root}${dataFolder(table, partition)}`;
  return names
    .toSorted()
    .map((name) => `${folder}${name}\n`)
    .join('');
}

function namesIn(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.slice(line.lastIndexOf('/') + 1));
}

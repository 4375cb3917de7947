import { LAKE_TABLES } from '#lake/columns.ts';
import { type FileName, parseFileName } from '#lake/files/file-name.ts';
import { positionsIn } from '#lake/files/file-rows.ts';
import type { DayPartition } from '#lake/files/layout.ts';
import { readManifest } from '#lake/files/manifest.ts';
import type { ObjectStore } from '#storage/object-store.ts';

export interface CurrentFile extends FileName {
  readonly name: string;
}

export async function currentFiles(objects: ObjectStore, partition: DayPartition): Promise<readonly CurrentFile[]> {
  const { names } = await readManifest(objects, LAKE_TABLES.statements, partition);
  return names.flatMap((name) => {
    const parsed = parseFileName(name);
    return parsed === undefined ? [] : [{ name, ...parsed }];
  });
}

/**
 * Leads from statements to the files they are in: by the ranges in their names, then by their column `position`.
 *
 * @param wanted positions
 * @returns names
 */
export async function filesWith(
  objects: ObjectStore,
  partition: DayPartition,
  files: readonly CurrentFile[],
  wanted: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const positions = [...wanted];
  for (const file of files) {
    if (!positions.some((position) => file.first <= position && position <= file.last)) continue;
    const there = await positionsIn(objects, LAKE_TABLES.statements, partition, file.name, file);
    if (there.some((position) => wanted.has(position))) found.add(file.name);
  }
  return found;
}

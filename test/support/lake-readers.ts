import type { StoreId } from '#access/store.ts';
import { LAKE_TABLES, type LakeTableName } from '#lake/columns.ts';
import { dayPartitionIn, MANIFESTS_FOLDER, type Partition } from '#lake/files/layout.ts';
import type { ObjectStore } from '#storage/object-store.ts';
import { type DuckRow, openDuck } from '#test/support/duck.ts';
import { currentFilesOf, readParquet } from '#test/support/lake.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

/** @param select ends before FROM @param rest begins behind it; nothing when no file is current */
export async function selectFrom(
  objects: ObjectStore,
  table: LakeTableName,
  partition: Partition,
  select: string,
  rest = '',
): Promise<readonly DuckRow[]> {
  const files = await currentFilesOf(objects, table, partition, await temporaryFolder());
  if (files.length === 0) return [];
  const duck = await openDuck();
  try {
    return await duck.query(`${select} FROM ${readParquet(files)} ${rest}`);
  } finally {
    duck.close();
  }
}

/** Ids of all rows that readers see, in the order of their positions. */
export async function idsIn(
  objects: ObjectStore,
  partition: Partition,
  table: 'statements' | 'pseudonymous' = 'statements',
): Promise<readonly unknown[]> {
  const rows = await selectFrom(objects, table, partition, 'SELECT statement_id', 'ORDER BY position');
  return rows.map((row) => row['statement_id']);
}

/** Ids of all rows of a store that readers see, of the days in their order and in that of their positions. */
export async function idsOfStore(objects: ObjectStore, store: StoreId): Promise<readonly unknown[]> {
  const ids: unknown[] = [];
  const manifests = `${MANIFESTS_FOLDER}${LAKE_TABLES.statements.folder}/`;
  for (const key of await keysIn(objects, manifests)) {
    const partition = dayPartitionIn(key.slice(manifests.length));
    if (partition?.store === store) ids.push(...(await idsIn(objects, partition)));
  }
  return ids;
}

/** Keys of all objects below a folder. */
export async function keysIn(objects: ObjectStore, prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of objects.list(prefix)) keys.push(key);
  return keys;
}

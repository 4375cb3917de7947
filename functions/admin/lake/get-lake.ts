import type { LakeAnswer } from '#access/admin-api.ts';
import type { StoreId } from '#access/store.ts';
import { NO_BODY } from '#functions/admin/api/body.ts';
import { operation } from '#functions/admin/api/operation.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';
import { managedStore } from '#functions/admin/stores/managed-store.ts';
import { LAKE_TABLES } from '#lake/columns.ts';
import { type FileName, parseFileName } from '#lake/files/file-name.ts';
import { type DayPartition, dayPartitionIn, MANIFESTS_FOLDER } from '#lake/files/layout.ts';
import { readManifest } from '#lake/files/manifest.ts';
import { forEachBounded } from '#storage/bounded.ts';

/** Manifests that are read at once. */
const READS = 32;

const TABLE = LAKE_TABLES.statements;

export const getLake = operation({
  id: 'getLake',
  method: 'GET',
  path: '/lake',
  tag: 'Lake',
  summary: 'See what the lake has of a store',
  details: 'Of its table of statements. docs/operations/exports.md tells of the lake.',
  access: 'admin',
  query: ['store'],
  body: NO_BODY,
  answer: { status: 200, schema: 'lake' },
  refusals: [],
  handle: async (deps, { principal, query }) => {
    const { id } = await managedStore(deps, principal, query.store);
    return { value: await lakeOf(deps, id) };
  },
});

async function lakeOf({ exportObjects }: AdminDeps, store: StoreId): Promise<LakeAnswer> {
  const folder = `${MANIFESTS_FOLDER}${TABLE.folder}/`;
  const partitions: DayPartition[] = [];
  for await (const { key } of exportObjects.list(`${folder}store=${store}/`)) {
    const partition = dayPartitionIn(key.slice(folder.length));
    if (partition !== undefined) partitions.push(partition);
  }
  const files: FileName[] = [];
  await forEachBounded(partitions, READS, async (partition) => {
    const { names } = await readManifest(exportObjects, TABLE, partition);
    files.push(...names.flatMap((name) => parseFileName(name) ?? []));
  });
  const days = partitions.map(({ day }) => day).toSorted();
  const [first] = days;
  const last = days.at(-1);
  return {
    store,
    days: days.length,
    ...(first !== undefined && { first }),
    ...(last !== undefined && { last }),
    files: files.length,
    rows: sum(files, ({ rows }) => rows),
    bytes: sum(files, ({ bytes }) => bytes),
    rawBytes: sum(files, ({ rawBytes }) => rawBytes),
  };
}

function sum(files: readonly FileName[], of: (file: FileName) => number): number {
  return files.reduce((total, file) => total + of(file), 0);
}

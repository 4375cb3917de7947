import { isStoreId, type StoreId } from '#access/store.ts';
import type { LakeTable } from '#lake/columns.ts';
import { storedAt } from '#storage/position.ts';

/** What of a table stands in one folder: of `statements` those of one store and day, of other tables a whole store. */
export interface Partition {
  readonly store: StoreId;
  /** `YYYY-MM-DD`, of `stored` in UTC. */
  readonly day?: string;
}

/** A partition of the table `statements`. */
export interface DayPartition extends Partition {
  readonly day: string;
}

export const LAKE_FOLDER = 'lake/';
/** Manifests, by the folders of their tables. */
export const MANIFESTS_FOLDER = `${LAKE_FOLDER}current/`;
/** Marks of what was voided or erased. */
export const REMOVALS_FOLDER = `${LAKE_FOLDER}removals/`;

const MANIFEST = 'manifest';
const PARTITION = /^store=([^/]+)\/(?:dt=(\d{4}-\d{2}-\d{2})\/)?/u;

/** As engines know partitions by. With a slash at its end. */
export function partitionFolder({ store, day }: Partition): string {
  return day === undefined ? `store=${store}/` : `store=${store}/dt=${day}/`;
}

/** Where the files of a partition are. With a slash at its end. */
export function dataFolder(table: Pick<LakeTable, 'folder'>, partition: Partition): string {
  return `${LAKE_FOLDER}${table.folder}/${partitionFolder(partition)}`;
}

/** The object that says which of the files are current. */
export function manifestKey(table: Pick<LakeTable, 'folder'>, partition: Partition): string {
  return `${MANIFESTS_FOLDER}${table.folder}/${partitionFolder(partition)}${MANIFEST}`;
}

/** @param path what of a key stands behind the folder of its table; undefined: it is no partition of days */
export function dayPartitionIn(path: string): DayPartition | undefined {
  const [, store, day] = PARTITION.exec(path) ?? [];
  return store !== undefined && day !== undefined && isStoreId(store) ? { store, day } : undefined;
}

/** The day whose partition has the statement at this position. */
export function dayOf(position: string): string {
  return new Date(storedAt(position)).toISOString().slice(0, 10);
}

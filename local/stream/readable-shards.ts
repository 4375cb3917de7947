/** A part of a stream: the records of a part of the keys for a few hours, in order. */
export interface Shard {
  readonly id: string;
  /** The shard whose keys it has taken over. */
  readonly parent: string | undefined;
}

/** How far a shard has been worked off: the sequence number of the last record that is done, if any is, or all of it. */
export type Progress = { readonly after?: string; readonly ended?: true };

/** The shards to read: in which something is left, while nothing is left in the one before, so that items keep their order. */
export function readableShards(shards: readonly Shard[], progress: ReadonlyMap<string, Progress>): readonly string[] {
  const open = new Set(shards.filter(({ id }) => progress.get(id)?.ended !== true).map(({ id }) => id));
  return shards
    .filter(({ id, parent }) => open.has(id) && (parent === undefined || !open.has(parent)))
    .map(({ id }) => id);
}

/** Standard deviations beyond the mean: one page of hundreds needs more rows of a shard, and reads again. */
const DEVIATIONS = 3;
/** Rows that are read of each shard besides: those that show that it has no more for the page. */
const BESIDE = 2;

/**
 * How many rows to read of one of so many shards, over which a hash spreads them, so that all shards together most likely
 * bring `rows`: to read as many of each would cost as much more as there are shards.
 */
export function rowsOfShard(rows: number, shards: number): number {
  const mean = rows / shards;
  return Math.min(rows, Math.ceil(mean + DEVIATIONS * Math.sqrt(mean)) + BESIDE);
}

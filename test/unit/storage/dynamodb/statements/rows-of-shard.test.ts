import { describe, expect, it } from 'vitest';
import { rowsOfShard } from '#storage/dynamodb/statements/rows-of-shard.ts';
import { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { PositionSource } from '#storage/position.ts';
import { DEFAULT_STORE } from '#access/store.ts';

const PAGE = 53;

/** Rows of the newest `PAGE` statements in the fullest shard, of arrays and single statements alike. */
function fullestShard(shards: number, array: number, page: number): number {
  const keyspace = new Keyspace(DEFAULT_STORE, shards);
  const counts = new Map<string, number>();
  let now = 1_767_322_800_000 + page * 1_000;
  const source = new PositionSource(() => now, page * 7_919);
  for (let taken = 0; taken < PAGE; taken += array) {
    now += 5;
    for (const at of source.take(Math.min(array, PAGE - taken)).positions) {
      const partition = keyspace.indexPartition('time', '', at);
      counts.set(partition, (counts.get(partition) ?? 0) + 1);
    }
  }
  return Math.max(...counts.values());
}

describe('the rows that are read of a shard', () => {
  it('are all of them where there is only one shard', () => {
    expect(rowsOfShard(PAGE, 1)).toBe(PAGE);
  });

  it('are never more than are wanted, and at least those that show the end of a page', () => {
    for (const shards of [1, 2, 3, 8, 100, 1_000]) {
      expect(rowsOfShard(PAGE, shards)).toBeLessThanOrEqual(PAGE);
      expect(rowsOfShard(PAGE, shards)).toBeGreaterThanOrEqual(3);
      expect(rowsOfShard(2, shards)).toBeLessThanOrEqual(2);
    }
  });

  it.each([2, 4, 16, 64])('are enough for nearly every page, with %i shards', (shards) => {
    const pages = [1, 10, 50].flatMap((array) =>
      Array.from({ length: 200 }, (_, page) => fullestShard(shards, array, page)),
    );
    const again = pages.filter((fullest) => fullest > rowsOfShard(PAGE, shards) - 1);
    expect(again.length / pages.length).toBeLessThan(0.05);
    expect(rowsOfShard(PAGE, shards) * shards).toBeLessThan((PAGE * shards) / 1.1);
  });
});

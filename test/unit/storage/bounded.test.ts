import { setImmediate, setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { chunksOf, forEachBounded } from '#storage/bounded.ts';

function* oneAndAnError(): Generator<number> {
  yield 1;
  throw new Error('no more items');
}

describe('forEachBounded', () => {
  it('runs over every item once, never more than the limit at a time', async () => {
    const done: number[] = [];
    let running = 0;
    let most = 0;
    await forEachBounded(Array.from({ length: 20 }).keys(), 3, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await setImmediate();
      done.push(item);
      running -= 1;
    });
    expect(done.toSorted((a, b) => a - b)).toEqual([...Array.from({ length: 20 }).keys()]);
    expect(most).toBe(3);
  });

  it.each([0, 1, 3, 4])('runs over %i items with up to 3 at a time, in order', async (count) => {
    const begun: number[] = [];
    await forEachBounded(Array.from({ length: count }).keys(), 3, async (item) => {
      begun.push(item);
      await setImmediate();
    });
    expect(begun).toEqual([...Array.from({ length: count }).keys()]);
  });

  it('runs over nothing with a limit of 0', async () => {
    const begun: number[] = [];
    await forEachBounded([1], 0, async (item) => void begun.push(item));
    expect(begun).toEqual([]);
  });

  it('rejects with the error of the items themselves, and leaves no other behind', async () => {
    const run = forEachBounded(oneAndAnError(), 2, async () => {
      await setImmediate();
      throw new Error('item');
    });
    await expect(run).rejects.toThrow('no more items');
    await setImmediate();
  });

  it('rejects with the error of an item', async () => {
    const run = forEachBounded([1, 2], 1, (item) => Promise.reject(new Error(`item ${item}`)));
    await expect(run).rejects.toThrow('item 1');
  });

  it('begins no other after an error, and waits for those in progress', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const run = forEachBounded([1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item);
      await setImmediate();
      if (item === 2) throw new Error('item 2');
      if (item === 3) await setTimeout(20);
      ended.push(item);
    });
    await expect(run).rejects.toThrow('item 2');
    expect([begun, ended]).toEqual([
      [1, 2, 3],
      [1, 3],
    ]);
  });

  it('rejects with the first of several errors', async () => {
    const run = forEachBounded([20, 0], 2, async (pause) => {
      await setTimeout(pause);
      throw new Error(`after ${pause} ms`);
    });
    await expect(run).rejects.toThrow('after 0 ms');
  });
});

describe('chunksOf', () => {
  it('keeps the order and leaves nothing out', () => {
    expect(chunksOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(chunksOf([], 2)).toEqual([]);
  });
});

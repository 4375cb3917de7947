import { beforeEach, describe, expect, it } from 'vitest';
import { CachedReads } from '#storage/cached-reads.ts';

const known = new Map<string, string>();
let reads: number;
let failure: Error | undefined;
let now: number;
let cache: CachedReads<string>;

beforeEach(() => {
  known.clear();
  reads = 0;
  failure = undefined;
  now = 0;
  cache = new CachedReads(
    async (key) => {
      reads += 1;
      if (failure !== undefined) throw failure;
      return known.get(key);
    },
    () => now,
  );
});

describe('CachedReads', () => {
  it('keeps what it found for 30 s', async () => {
    known.set('k', 'a');
    await cache.get('k');
    now = 29_999;
    expect(await cache.get('k')).toBe('a');
    expect(reads).toBe(1);
    known.delete('k');
    now = 30_000;
    expect(await cache.get('k')).toBeUndefined();
  });

  it('reads again what is doubted, unless it was read less than 2 s ago', async () => {
    known.set('k', 'a');
    await cache.get('k');
    known.set('k', 'b');
    now = 1_999;
    expect(await cache.getDoubted('k')).toBe('a');
    now = 2_000;
    expect(await cache.getDoubted('k')).toBe('b');
    expect(await cache.getDoubted('k')).toBe('b');
    expect([await cache.get('k'), reads]).toEqual(['b', 2]);
  });

  it('counts from before the read', async () => {
    const answer = Promise.withResolvers<string>();
    const slow = new CachedReads(
      () => answer.promise,
      () => now,
    );
    const first = slow.get('k');
    now = 29_000;
    answer.resolve('a');
    await first;
    expect(slow.isInUse('k')).toBe(true);
    now = 599_999;
    expect(slow.isInUse('k')).toBe(true);
    now = 600_000;
    expect(slow.isInUse('k')).toBe(false);
  });

  it('keeps for 5 s that there is none', async () => {
    await cache.get('k');
    known.set('k', 'a');
    now = 4_999;
    expect(await cache.get('k')).toBeUndefined();
    now = 5_000;
    expect(await cache.get('k')).toBe('a');
    expect(reads).toBe(2);
  });

  it('keeps values that are falsy', async () => {
    known.set('k', '');
    expect([await cache.get('k'), await cache.get('k')]).toEqual(['', '']);
    expect(reads).toBe(1);
  });

  it('reads once for requests that arrive together', async () => {
    await Promise.all([cache.get('k'), cache.get('k'), cache.get('k')]);
    expect(reads).toBe(1);
  });

  it('keeps no failure, not even for the time in which nothing would be looked for', async () => {
    failure = new Error('out of reach');
    await expect(Promise.all([cache.get('k'), cache.get('k')])).rejects.toThrow('out of reach');
    expect(reads).toBe(1);
    failure = undefined;
    known.set('k', 'a');
    expect(await cache.get('k')).toBe('a');
  });

  it('answers a failed read of what has expired with the failure', async () => {
    known.set('k', 'a');
    await cache.get('k');
    now = 30_000;
    failure = new Error('out of reach');
    await expect(cache.get('k')).rejects.toThrow('out of reach');
  });

  it('forgets what was used longest ago beyond its bound', async () => {
    for (let key = 0; key <= 1_000; key += 1) {
      known.set(`k${key}`, 'a');
      await cache.get(`k${key}`);
    }
    expect(cache.isInUse('k0')).toBe(false);
    expect(cache.isInUse('k1')).toBe(true);
  });

  it('keeps known keys however many unknown ones are asked for', async () => {
    known.set('known', 'a');
    await cache.get('known');
    for (let key = 0; key < 3_000; key += 1) await cache.get(`unknown ${key}`);
    known.delete('known');
    expect(await cache.get('known')).toBe('a');
  });

  it('takes for stale what was read before the clock was set back', async () => {
    now = 100_000;
    known.set('k', 'a');
    await cache.get('k');
    await cache.get('missing');
    now = 50_000;
    known.delete('k');
    known.set('missing', 'b');
    expect(await cache.get('k')).toBeUndefined();
    expect(await cache.get('missing')).toBe('b');
  });

  describe('what is in use', () => {
    it('was found in the last ten minutes; to ask reads nothing', async () => {
      known.set('k', 'a');
      expect(cache.isInUse('k')).toBe(false);
      const read = cache.get('k');
      expect(cache.isInUse('k')).toBe(false);
      await read;
      now = 500_000;
      expect(cache.isInUse('k')).toBe(true);
      expect(reads).toBe(1);
      await cache.get('k');
      now = 1_000_000;
      expect(cache.isInUse('k')).toBe(true);
      now = 1_100_000;
      expect(cache.isInUse('k')).toBe(false);
    });

    it('is not what was missing', async () => {
      await cache.get('k');
      expect(cache.isInUse('k')).toBe(false);
      known.set('k', 'a');
      now = 5_000;
      await cache.get('k');
      known.delete('k');
      now = 35_000;
      await cache.get('k');
      expect(cache.isInUse('k')).toBe(false);
    });
  });
});

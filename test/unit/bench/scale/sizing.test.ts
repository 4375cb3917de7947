import { describe, expect, it } from 'vitest';
import { heatOf } from '#bench/scale/heat.ts';
import { tablesOf } from '#bench/scale/report.ts';
import { beyondLimit, hottestSpread, sizingOf } from '#bench/scale/sizing.ts';

const TRAFFIC = { rate: 1_000, array: 1, shards: 1, seconds: 2 };

describe('the heat of partitions', () => {
  it('is the share of all statements that meets there', () => {
    const heat = heatOf(TRAFFIC);
    expect(heat.get('index time')).toBe(1_000);
    expect(heat.get('index verb')).toBeGreaterThan(350);
    expect(heat.get('index verb')).toBeLessThan(450);
    expect(heat.get('index actor')).toBeGreaterThan(70);
    expect(heat.get('index actor')).toBeLessThan(130);
    expect(heat.get('index related-activity-1')).toBe(1_000);
    expect(heat.has('entries related-activity')).toBe(false);
  });

  it('is spread over shards where there are some', () => {
    const [one, four] = [heatOf(TRAFFIC), heatOf({ ...TRAFFIC, shards: 4 })];
    expect(four.get('index time')).toBeLessThan(300);
    expect(four.get('index actor')).toBe(one.get('index actor'));
    expect(hottestSpread(four)).toBeLessThan(hottestSpread(one) / 3);
  });

  it('is less for entries of arrays, which travel together', () => {
    const heat = heatOf({ ...TRAFFIC, array: 50 });
    expect(heat.get('entries related-activity')).toBeLessThan(100);
    expect(heat.get('index related-activity-1')).toBeLessThan(50);
  });
});

describe('the heat of packs', () => {
  it('is a quarter of that of the rows in whose place they are, at most', () => {
    const rows = heatOf({ ...TRAFFIC, seconds: 4 });
    const heat = heatOf({ ...TRAFFIC, seconds: 4, array: 50 });
    expect(heat.has('index time')).toBe(false);
    expect(heat.get('packs time')).toBeLessThan((rows.get('index time') ?? 0) / 4);
  });

  it('is spread over a quarter of the shards', () => {
    const [one, eight] = [1, 8].map((shards) => heatOf({ ...TRAFFIC, seconds: 8, array: 50, shards }));
    expect(eight?.get('packs time')).toBeLessThan((one?.get('packs time') ?? 0) * 0.7);
    expect(eight?.get('packs actor')).toBe(one?.get('packs actor'));
  });
});

describe('the number of shards', () => {
  it('is one where one is enough, and leaves 30 % to spare', () => {
    expect(sizingOf({ rate: 500, array: 1, seconds: 2 }).shards).toBe(1);
    const { shards, sharded } = sizingOf({ rate: 2_000, array: 1, seconds: 1 });
    expect(shards).toBeGreaterThan(2);
    expect(hottestSpread(sharded)).toBeLessThanOrEqual(700);
  });

  it('does not help what is not spread', () => {
    expect(beyondLimit(new Map([['index actor', 1_001]]))).toEqual(['index actor']);
    expect(beyondLimit(new Map([['index time', 1_001]]))).toEqual([]);
  });

  it('stands in a table beside what is beyond the limit', () => {
    const sharded = new Map([
      ['index actor', 5_014],
      ['index time', 541],
    ]);
    const unsharded = new Map([...sharded, ['index time', 50_000] as const]);
    const tables = tablesOf([{ rate: 50_000, array: 50, shards: 96, unsharded, sharded }]);
    expect(tables).toMatch(/\| index time +\| +\*\*50,000\*\* \|/u);
    expect(tables).toMatch(/\| +50,000 \| +50 \| +96 \| +541 \| +120 \| +index actor \|/u);
  });
});

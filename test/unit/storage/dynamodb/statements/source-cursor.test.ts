import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inheritedEntry, ownEntries, type Pointer, readEntry } from '#storage/dynamodb/statements/entry-item.ts';
import type { Item } from '#storage/dynamodb/attributes.ts';
import type { Candidate, PointerSource, Run } from '#storage/dynamodb/statements/pointer-source.ts';
import { isInRange, positionRange, type PositionRange } from '#storage/dynamodb/statements/position-range.ts';
import { MergedCandidates, SourceCursor } from '#storage/dynamodb/statements/source-cursor.ts';
import { readStatementRow } from '#storage/dynamodb/statements/statement-item.ts';
import { blockOf, PositionSource } from '#storage/position.ts';
import { uuidOf } from '#test/support/statement-drafts.ts';

const NOW = 1_767_322_800_000;

/** The positions of four arrays of ten, two of them of the same moment. */
const ARRAYS = [
  [NOW, 1],
  [NOW, 2],
  [NOW + 1, 1],
  [NOW + 2, 1],
].map(([time = 0, writer = 0]) => new PositionSource(() => time, writer).take(10).positions);
const POSITIONS = ARRAYS.flat();
const pointerTo = (at: string): Pointer => ({ at, id: uuidOf(POSITIONS.indexOf(at)) });

const sortKey = (item: Item): string => item['sk']?.S ?? '';

/** Pages of items as DynamoDB gives them. */
function sourceOf(items: readonly Item[], runOf: (item: Item) => Run): PointerSource {
  const sorted = items.toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
  return {
    read: async ({ ascending }, limit, startKey) => {
      const order = ascending ? sorted : sorted.toReversed();
      const start = Number(startKey?.['next']?.N ?? 0);
      const next = start + limit < order.length ? { next: { N: String(start + limit) } } : undefined;
      return { runs: order.slice(start, start + limit).map(runOf), next };
    },
  };
}

function rowSource(positions: readonly string[]): PointerSource {
  const items = positions.map((at) => ({ pk: { S: `store|s|${pointerTo(at).id}` }, sk: { S: at }, p: { S: at } }));
  return sourceOf(items, (item) => ({
    array: sortKey(item),
    candidates: () => [{ ...pointerTo(sortKey(item)), row: readStatementRow(item) }],
  }));
}

function entriesSource(own: readonly string[], inherited: readonly string[]): PointerSource {
  const arrays = ARRAYS.flatMap((array) => ownEntries('p', array.filter((at) => own.includes(at)).map(pointerTo)));
  const items = [...arrays, ...inherited.map((at) => inheritedEntry('p', pointerTo(at)))];
  return sourceOf(items, (item) => ({ array: blockOf(sortKey(item)), candidates: () => readEntry(item) }));
}

const some = fc.subarray([...POSITIONS]);
const sources = fc.array(
  fc.oneof(
    some.map((rows) => ({ positions: rows, source: rowSource(rows) })),
    fc.tuple(some, some).map(([own, inherited]) => ({
      positions: [...own, ...inherited],
      source: entriesSource(own, inherited),
    })),
  ),
  { maxLength: 4 },
);
const ranges: fc.Arbitrary<PositionRange> = fc
  .record({
    since: fc.option(fc.constantFrom(NOW - 1, NOW, NOW + 1), { nil: undefined }),
    until: fc.option(fc.constantFrom(NOW, NOW + 1, NOW + 2), { nil: undefined }),
    ascending: fc.boolean(),
    after: fc.option(fc.constantFrom(...POSITIONS), { nil: undefined }),
  })
  .map(positionRange);

async function takeAll(merged: MergedCandidates, sizes: readonly number[]): Promise<readonly Candidate[]> {
  const taken: Candidate[] = [];
  for (let round = 0; ; round += 1) {
    const size = sizes[round % sizes.length] ?? 1;
    const some = await merged.take(size);
    taken.push(...some);
    if (some.length < size) return taken;
  }
}

describe('MergedCandidates', () => {
  it('gives what all sources hold, in order and once, whatever the sizes of pages', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 });
    const pageSizes = fc.integer({ min: 1, max: 12 });
    const property = fc.asyncProperty(sources, ranges, pageSizes, sizes, async (all, range, pageSize, taken) => {
      const cursors = all.map(({ source }) => new SourceCursor(source, range, pageSize));
      const candidates = await takeAll(new MergedCandidates(cursors, range.ascending), taken);
      const expected = [...new Set(all.flatMap(({ positions }) => positions))]
        .filter((at) => isInRange(range, at))
        .toSorted();
      expect(candidates.map(({ at }) => at)).toEqual(range.ascending ? expected : expected.toReversed());
      for (const { at, id } of candidates) expect(id).toBe(pointerTo(at).id);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it('prefers the candidate that brings its row', async () => {
    const range = positionRange({ since: undefined, until: undefined, ascending: true, after: undefined });
    const cursors = [entriesSource(POSITIONS, []), rowSource(POSITIONS)].map(
      (source) => new SourceCursor(source, range, 5),
    );
    const candidates = await takeAll(new MergedCandidates(cursors, true), [10]);
    expect(candidates.filter(({ row }) => row === undefined)).toEqual([]);
  });

  it('reads no further than what is asked for when most is left out', async () => {
    const range = positionRange({ since: undefined, until: undefined, ascending: true, after: undefined });
    let reads = 0;
    const source: PointerSource = {
      read: async () => {
        const at = POSITIONS[reads] ?? '';
        reads += 1;
        const run = { array: at, candidates: () => [{ at, id: '', leftOut: 200 }] };
        return { runs: [run], next: reads < POSITIONS.length ? {} : undefined };
      },
    };
    const merged = new MergedCandidates([new SourceCursor(source, range, 200)], true);
    expect(await merged.take(501)).toHaveLength(3);
    // One more shows that a run is complete.
    expect(reads).toBe(4);
  });

  it('gives nothing when there are no sources', async () => {
    expect(await new MergedCandidates([], true).take(5)).toEqual([]);
  });
});

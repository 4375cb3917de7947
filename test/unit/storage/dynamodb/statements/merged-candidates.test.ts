import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inheritedEntry, ownEntry, type Pointer } from '#storage/dynamodb/statements/entry-item.ts';
import type { Item } from '#storage/dynamodb/attributes.ts';
import { MergedCandidates } from '#storage/dynamodb/statements/merged-candidates.ts';
import { packItems, type PackMember } from '#storage/dynamodb/statements/pack-item.ts';
import { markFilter } from '#storage/dynamodb/statements/pack-mark.ts';
import { entrySource } from '#storage/dynamodb/statements/entry-source.ts';
import { indexSource } from '#storage/dynamodb/statements/index-source.ts';
import { packSource, type PackSourceOptions } from '#storage/dynamodb/statements/pack-source.ts';
import type { Candidate, PointerSource } from '#storage/dynamodb/statements/pointer-source.ts';
import type { PartitionQuery } from '#storage/dynamodb/statements/partition-query.ts';
import { isInRange, positionRange, type PositionRange } from '#storage/dynamodb/statements/position-range.ts';
import { sectionsOf } from '#storage/dynamodb/statements/section.ts';
import { SourceCursor } from '#storage/dynamodb/statements/source-cursor.ts';
import { type QueryPage, StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';
import { UsualItems } from '#storage/dynamodb/statements/usual-items.ts';
import { behind, PositionSource } from '#storage/position.ts';
import { uuidOf } from '#test/support/statement-drafts.ts';

const NOW = 1_767_322_800_000;

/** The positions of arrays: of several sections, of the same moment, one behind another within a block, and small ones. */
const ARRAYS = [
  { time: NOW, writer: 1, counts: [130, 20, 60] },
  { time: NOW, writer: 2, counts: [60] },
  { time: NOW + 1, writer: 1, counts: [5, 5] },
  { time: NOW + 2, writer: 1, counts: [10] },
].flatMap(({ time, writer, counts }) => {
  const source = new PositionSource(() => time, writer);
  return counts.map((count) => source.take(count).positions);
});
const SECTIONS = ARRAYS.flatMap(sectionsOf);
const POSITIONS = ARRAYS.flat();
const VERBS = ['http://example.com/a', 'http://example.com/b'];

const numberOf = new Map(POSITIONS.map((at, number) => [at, number]));
const pointerTo = (at: string): Pointer => ({ at, id: uuidOf(numberOf.get(at) ?? -1) });
const textOf = (at: string): string => JSON.stringify({ id: pointerTo(at).id });
const verbOf = (at: string): string => VERBS[(numberOf.get(at) ?? 0) % 3 === 0 ? 0 : 1] ?? '';

/** Answers queries as DynamoDB does, which goes on behind the last item read, even where nothing follows. */
class TableOf extends StatementsTable {
  readonly #items: readonly Item[];
  /** Items that the queries have read, one after another. */
  readonly reads: number[] = [];

  constructor(items: readonly Item[]) {
    super({ call: () => Promise.reject(new Error('only queries are answered')) }, 'Statements');
    this.#items = items;
  }

  override async between(query: PartitionQuery): Promise<QueryPage> {
    const { index, from, to, ascending, startKey: start, limit } = query;
    const sortKey = (item: Item | undefined): string => item?.[index === undefined ? 'sk' : 'p']?.S ?? '';
    const sorted = this.#items
      .filter((item) => sortKey(item) >= from && sortKey(item) <= to)
      .toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
    const ordered = ascending ? sorted : sorted.toReversed();
    const first = start === undefined ? 0 : ordered.findIndex((item) => sortKey(item) === sortKey(start)) + 1;
    const read = ordered.slice(first, first + limit);
    this.reads.push(read.length);
    return { items: read, scanned: read.length, lastKey: read.length === limit ? read.at(-1) : undefined };
  }
}

function rowSource(positions: readonly string[]): PointerSource {
  const items = positions.map((at) => ({ pk: { S: `store|s|${pointerTo(at).id}` }, p: { S: at } }));
  return indexSource(new TableOf(items), { index: 'time', partition: 'p', shards: 1, filter: undefined });
}

const memberAt = (at: string): PackMember => ({
  ...pointerTo(at),
  text: () => textOf(at),
  keys: { verb: verbOf(at), activity: 'a', agents: [], relatedAgents: [], relatedActivities: [], authorities: [] },
});

function packsOf(positions: readonly string[]): readonly Item[] {
  const chosen = new Set(positions);
  return SECTIONS.flatMap((section) => {
    const members = section.filter((at) => chosen.has(at)).map(memberAt);
    const pack = { kind: 'actor' as const, key: { pk: 'p', sk: section[0] ?? '' }, members };
    return members.length === 0 ? [] : packItems([pack], undefined);
  });
}

function ownOf(positions: readonly string[]): readonly Item[] {
  const chosen = new Set(positions);
  return SECTIONS.flatMap((section) => {
    const [first, ...rest] = section.filter((at) => chosen.has(at)).map(pointerTo);
    return first === undefined ? [] : [ownEntry('p', [first, ...rest])];
  });
}

function inheritedOf(positions: readonly string[]): readonly Item[] {
  return positions.map((at) => inheritedEntry('p', pointerTo(at)));
}

function entriesSource(items: readonly Item[], usual = new UsualItems()): PointerSource {
  return entrySource(new TableOf(items), { partition: 'p', shards: 1, usual });
}

function packsSource(table: TableOf, options: Partial<PackSourceOptions> = {}): PointerSource {
  const usual = new UsualItems();
  return packSource(table, { index: 'actor', partition: 'p', shards: 1, usual, mayMeet: undefined, ...options });
}

interface Filled {
  readonly source: PointerSource;
  /** What it leads to. */
  readonly positions: readonly string[];
  /** What it brings the rows of. */
  readonly carried: readonly string[];
}

const some = fc.oneof(fc.subarray([...POSITIONS]), fc.subarray([...POSITIONS], { maxLength: 20 }));
const rowSources: fc.Arbitrary<Filled> = some.map((rows) => {
  return { positions: rows, carried: rows, source: rowSource(rows) };
});
/** What was read before, whatever it was, does not change what a source leads to. */
const usuals = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 })).map((size) => {
  const usual = new UsualItems();
  usual.note('p', [{ size }]);
  return usual;
});
const entrySources: fc.Arbitrary<Filled> = fc
  .record({ own: some, inherited: some, packed: fc.subarray(SECTIONS), usual: usuals })
  .map(({ own, inherited, packed, usual }) => {
    // Of a section, there is either an own entry or a pack.
    const places = new Set(packed.flat());
    const [carried, others] = [own.filter((at) => places.has(at)), own.filter((at) => !places.has(at))];
    return {
      source: entriesSource([...packsOf(carried), ...ownOf(others), ...inheritedOf(inherited)], usual),
      positions: [...own, ...inherited],
      carried,
    };
  });
const packSources: fc.Arbitrary<Filled> = fc
  .record({ packed: some, index: fc.constantFrom('time', 'verb'), usual: usuals })
  .map(({ packed, index, usual }) => ({
    source: packsSource(new TableOf(packsOf(packed)), { index, usual }),
    positions: packed,
    carried: packed,
  }));
const anySource = fc.oneof(
  { arbitrary: entrySources, weight: 2 },
  { arbitrary: packSources, weight: 2 },
  { arbitrary: rowSources, weight: 1 },
);
const sources = fc.array(anySource, { maxLength: 4 });
const ranges: fc.Arbitrary<PositionRange> = fc
  .record({
    since: fc.option(fc.constantFrom(NOW - 1, NOW, NOW + 1), { nil: undefined, freq: 2 }),
    until: fc.option(fc.constantFrom(NOW, NOW + 1, NOW + 2), { nil: undefined, freq: 2 }),
    ascending: fc.boolean(),
    after: fc.option(fc.constantFrom(...POSITIONS), { nil: undefined }),
  })
  .map(positionRange);
const EVERYTHING = { since: undefined, until: undefined, after: undefined };
const directions = [
  positionRange({ ...EVERYTHING, ascending: true }),
  positionRange({ ...EVERYTHING, ascending: false }),
] as const;

async function takeAll(merged: MergedCandidates, sizes: readonly number[]): Promise<readonly Candidate[]> {
  const taken: Candidate[] = [];
  for (let round = 0; ; round += 1) {
    const size = sizes[round % sizes.length] ?? 1;
    const next = await merged.take(size);
    taken.push(...next);
    if (next.length === 0) return taken;
  }
}

async function cutsOf(all: readonly PointerSource[], range: PositionRange): Promise<readonly string[]> {
  const cursors = all.map((source) => new SourceCursor(source, range, 7));
  const merged = new MergedCandidates(cursors, range.ascending);
  const candidates = await takeAll(merged, [1]);
  return candidates.flatMap((candidate) => merged.cutBefore(candidate) ?? []);
}

function inOrder(range: PositionRange, positions: readonly string[]): readonly string[] {
  const sorted = [...new Set(positions)].filter((at) => isInRange(range, at)).toSorted();
  return range.ascending ? sorted : sorted.toReversed();
}

async function readsFor(table: TableOf, source: PointerSource, range: PositionRange, count: number) {
  const merged = new MergedCandidates([new SourceCursor(source, range, count)], range.ascending);
  expect(await merged.take(count)).toHaveLength(count);
  return table.reads;
}

describe('MergedCandidates', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 });
  const pageSizes = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 120 }));

  it('gives what all sources hold, in order and once, whatever the sizes of pages', async () => {
    const property = fc.asyncProperty(sources, ranges, pageSizes, sizes, async (all, range, pageSize, taken) => {
      const cursors = all.map(({ source }) => new SourceCursor(source, range, pageSize));
      const candidates = await takeAll(new MergedCandidates(cursors, range.ascending), taken);
      const expected = inOrder(
        range,
        all.flatMap(({ positions }) => positions),
      );
      expect(candidates.map(({ at }) => at)).toEqual(expected);
      for (const { at, id } of candidates) expect(id).toBe(pointerTo(at).id);
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it.each(directions)('puts what the last of a section inherited in its place: %j', async (range) => {
    const last = SECTIONS.flatMap((section) => section.at(-1) ?? []);
    const cursor = new SourceCursor(entriesSource([...ownOf(POSITIONS), ...inheritedOf(last)]), range, 1);
    const candidates = await takeAll(new MergedCandidates([cursor], range.ascending), [100]);
    expect([...new Set(candidates.map(({ at }) => at))]).toEqual(inOrder(range, POSITIONS));
  });

  it('goes on behind any statement with what comes after it, page by page', async () => {
    const property = fc.asyncProperty(sources, fc.boolean(), pageSizes, async (all, ascending, pageSize) => {
      const given: string[] = [];
      for (let after: string | undefined; ;) {
        const range = positionRange({ ...EVERYTHING, ascending, after });
        const cursors = all.map(({ source }) => new SourceCursor(source, range, pageSize));
        const merged = new MergedCandidates(cursors, ascending);
        const page = await merged.take(pageSize + 1);
        const next = page.at(pageSize);
        given.push(...page.slice(0, pageSize).map(({ at }) => at));
        if (next === undefined) break;
        const cutAfter = merged.cutBefore(next);
        after = cutAfter === undefined ? given.at(-1) : behind(cutAfter);
      }
      const positions = all.flatMap((filled) => filled.positions);
      expect(given).toEqual(inOrder(positionRange({ ...EVERYTHING, ascending, after: undefined }), positions));
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it('may be cut where nothing leads to both sides, in ascending order', async () => {
    const [ascending, descending] = directions;
    const packs = packsSource(new TableOf(packsOf(POSITIONS)), { index: 'time' });
    const cuts = SECTIONS.slice(0, -1).map((section) => section.at(-1));
    expect(await cutsOf([packs], ascending)).toEqual(cuts);
    expect(await cutsOf([packs, rowSource(POSITIONS)], ascending)).toEqual(cuts);
    expect(await cutsOf([rowSource(POSITIONS)], ascending)).toEqual(POSITIONS.slice(0, -1));
    expect(await cutsOf([packs, rowSource(POSITIONS)], descending)).toEqual([]);
    // A pack begins with the section, whether or not it has the first of that.
    const later = packsSource(new TableOf(packsOf(SECTIONS[0]?.slice(2) ?? [])));
    const early = rowSource(SECTIONS[0]?.slice(0, 2) ?? []);
    expect(await cutsOf([later, early], ascending)).toEqual([]);
  });

  it('prefers the candidate that brings its row', async () => {
    const property = fc.asyncProperty(sources, ranges, pageSizes, async (all, range, pageSize) => {
      const cursors = all.map(({ source }) => new SourceCursor(source, range, pageSize));
      const candidates = await takeAll(new MergedCandidates(cursors, range.ascending), [10]);
      const expected = inOrder(
        range,
        all.flatMap(({ carried }) => carried),
      );
      expect(candidates.filter(({ row }) => row !== undefined).map(({ at }) => at)).toEqual(expected);
      for (const { at, row } of candidates) expect(row?.packedBody?.().text ?? textOf(at)).toBe(textOf(at));
    });
    await fc.assert(property);
  });

  it('gives what packs have and may meet a filter, and tells how many are left out', async () => {
    const mayMeet = markFilter({ verb: verbOf(POSITIONS[0] ?? '') });
    const property = fc.asyncProperty(some, ranges, pageSizes, async (packed, range, pageSize) => {
      const cursor = new SourceCursor(packsSource(new TableOf(packsOf(packed)), { mayMeet }), range, pageSize);
      const candidates = await takeAll(new MergedCandidates([cursor], range.ascending), [pageSize]);
      const ordered = inOrder(range, packed);
      const given = candidates.filter(({ leftOut }) => leftOut === undefined).map(({ at }) => at);
      expect(given).toEqual(ordered.filter((at) => verbOf(at) === VERBS[0]));
      // Each mark stands behind all that it counts.
      const left = ordered.filter((at) => verbOf(at) !== VERBS[0]);
      let out = 0;
      for (const { at, leftOut = 0 } of candidates.filter((candidate) => candidate.leftOut !== undefined)) {
        out += leftOut;
        expect(at).toBe(left[out - 1]);
      }
      expect(out).toBe(left.length);
      const places = candidates.map(({ at }) => ordered.indexOf(at));
      expect(places).toEqual(places.toSorted((one, other) => one - other));
    });
    await fc.assert(property);
  });

  it('reads no further than what is asked for when most is left out', async () => {
    let reads = 0;
    const source: PointerSource = {
      itemsFor: () => 1,
      read: async () => {
        const at = POSITIONS[reads] ?? '';
        reads += 1;
        const run = { first: at, last: at, reach: at, size: 1, candidates: () => [{ at, id: '', leftOut: 200 }] };
        return { runs: [run], next: reads < POSITIONS.length ? {} : undefined };
      },
    };
    const range = positionRange({ ...EVERYTHING, ascending: true });
    const merged = new MergedCandidates([new SourceCursor(source, range, 200)], true);
    expect(await merged.take(501)).toHaveLength(3);
    // One more shows that a run is complete.
    expect(reads).toBe(4);
  });

  it('gives nothing when there are no sources', async () => {
    expect(await new MergedCandidates([], true).take(5)).toEqual([]);
  });
});

describe('items read for a page', () => {
  const moments = new PositionSource(() => NOW + 9, 1).take(30_000).positions;

  /** Sections of an array, of each of which a pack has so many statements. */
  function tableOf(size: number): TableOf {
    return new TableOf(
      sectionsOf(moments).flatMap((section) => {
        const members = section.slice(0, size).map((at) => ({ ...memberAt(at), id: uuidOf(1), text: () => '{}' }));
        return packItems([{ kind: 'verb', key: { pk: 'p', sk: section[0] ?? '' }, members }], undefined);
      }),
    );
  }

  const readsOf = (size: number, index: 'time' | 'verb', range: PositionRange, count: number) => {
    const table = tableOf(size);
    return readsFor(table, packsSource(table, { index }), range, count);
  };

  it.each(directions)('are as many as usual, when they hold what is usual: %j', async (range) => {
    expect(await readsOf(50, 'time', range, 100)).toEqual([2]);
    expect(await readsOf(50, 'time', range, 101)).toEqual([3]);
    expect(await readsOf(5, 'verb', range, 100)).toEqual([21]);
    expect(await readsOf(50, 'verb', range, 3)).toEqual([2]);
  });

  it.each(directions)('are then as many as a page takes by what was there: %j', async (range) => {
    expect(await readsOf(1, 'time', range, 100)).toEqual([2, 100]);
    expect(await readsOf(5, 'time', range, 100)).toEqual([2, 21]);
    expect(await readsOf(20, 'time', range, 200)).toEqual([4, 11]);
  });

  it.each(directions)(
    'are by time those that hold the rest of a section, and what else the page takes: %j',
    async (all) => {
      const readsAfter = (place: number, count: number) => {
        const range = positionRange({ ...EVERYTHING, ascending: all.ascending, after: moments[place] });
        return readsOf(50, 'time', range, count);
      };
      const left = (rest: number): number => 5_000 + (all.ascending ? 49 - rest : rest);
      expect(await readsAfter(left(3), 103)).toEqual([3]);
      expect(await readsAfter(left(2), 103)).toEqual([4]);
      expect(await readsAfter(left(49), 103)).toEqual([3]);
    },
  );

  it('are none of what the page before has ended with, where that is known', async () => {
    const end = moments[4_999] ?? '';
    const behindEnd = positionRange({ ...EVERYTHING, ascending: true, after: behind(end) });
    const beforeStart = positionRange({ ...EVERYTHING, ascending: false, after: moments[5_000] });
    for (const range of [behindEnd, beforeStart]) {
      const table = tableOf(50);
      const { runs } = await packsSource(table, { index: 'time' }).read(range, 1, undefined);
      expect(runs.map(({ first }) => first)).toEqual([moments[range.ascending ? 5_000 : 4_950]]);
    }
  });

  it.each(directions)('are by time as many as the last sections tell, at most twice as many: %j', async (range) => {
    for (const [size, reads] of [
      [40, 3],
      [30, 4],
      [4, 4],
      [1, 4],
    ] as const) {
      const table = tableOf(50);
      const usual = new UsualItems();
      usual.note('p', [{ size }]);
      await readsFor(table, packsSource(table, { index: 'time', usual }), range, 100);
      expect([size, ...table.reads]).toEqual([size, reads]);
    }
  });

  it.each(directions)('are for the next page as many as it takes by what this one has read: %j', async (range) => {
    const table = tableOf(20);
    const usual = new UsualItems();
    await readsFor(table, packsSource(table, { index: 'verb', usual }), range, 50);
    await readsFor(table, packsSource(table, { index: 'verb', usual }), range, 300);
    expect(table.reads).toEqual([11, 16]);
  });

  it.each(directions)('are so of entries, too: %j', async (range) => {
    const table = new TableOf(ownOf(POSITIONS));
    const source = entrySource(table, { partition: 'p', shards: 1, usual: new UsualItems() });
    await readsFor(table, source, range, 60);
    const [first = 0] = table.reads.splice(0);
    await readsFor(table, source, range, 60);
    expect(table.reads[0]).toBeLessThan(first);
  });

  it.each(directions)('are as many as are guessed where a filter leaves some out: %j', async (range) => {
    const table = tableOf(50);
    const usual = new UsualItems();
    usual.note('p', [{ size: 50 }]);
    await readsFor(table, packsSource(table, { usual, mayMeet: () => true }), range, 100);
    expect(table.reads).toEqual([21]);
  });

  it.each(directions)('come in two queries, and are not many more than hold the page: %j', async (range) => {
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 100 }),
      async (size, count) => {
        const reads = await readsOf(size, 'time', range, count);
        expect(reads.length).toBeLessThanOrEqual(2);
        const atFirst = Math.ceil(count / 50) + 1;
        const needed = Math.ceil(count / size) + 1;
        expect(reads.reduce((sum, read) => sum + read, 0)).toBeLessThanOrEqual(atFirst + needed);
      },
    );
    await fc.assert(property, { numRuns: 30 });
  });

  it('are of an index as many as there are statements on the page', () => {
    expect(rowSource(POSITIONS).itemsFor(100, directions[0])).toBe(100);
  });
});

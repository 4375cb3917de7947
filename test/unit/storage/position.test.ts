import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  before,
  behind,
  blockOf,
  counterOf,
  endOf,
  PAGE_END_PATTERN,
  POSITION_PATTERN,
  positionIn,
  PositionSource,
  startOf,
  storedAt,
  writerFrom,
} from '#storage/position.ts';

const NOW = Date.UTC(2026, 0, 2);
const LAST_WRITER = 36 ** 8 - 1;
const LAST_COUNTER = 36 ** 4 - 1;

const times = fc.integer({ min: 0, max: 36 ** 9 - 1 });
const writers = fc.integer({ min: 0, max: LAST_WRITER });
const counters = fc.integer({ min: 0, max: LAST_COUNTER });

/** A source whose clock shows these times one after the other, the last one for ever. */
function sourceAt(clock: readonly number[], writer = 7): PositionSource {
  const left = [...clock];
  return new PositionSource(() => (left.length > 1 ? left.shift() : left[0]) ?? NOW, writer);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The position of this time, writer and place. */
function positionOf(time: number, writer: number, counter: number): string {
  const [first = ''] = sourceAt([time], writer).take(1).positions;
  return positionIn(blockOf(first), counter);
}

describe('positions', () => {
  it('tell when a statement was stored, its array and its place in it', () => {
    const property = fc.property(times, writers, counters, (time, writer, counter) => {
      const position = positionOf(time, writer, counter);
      expect(position).toMatch(POSITION_PATTERN);
      expect(storedAt(position)).toBe(time);
      expect(counterOf(position)).toBe(counter);
      expect(positionIn(blockOf(position), counterOf(position))).toBe(position);
    });
    fc.assert(property);
  });

  it('sort as their times, writers and counters do', () => {
    const triples = fc.tuple(times, writers, counters);
    const property = fc.property(triples, triples, (one, other) => {
      const difference = one.map((part, index) => part - (other[index] ?? 0)).find((part) => part !== 0) ?? 0;
      expect(positionOf(...one) < positionOf(...other)).toBe(difference < 0);
    });
    fc.assert(property);
  });
});

describe('startOf and endOf', () => {
  it('enclose every position of their milliseconds and none beside', () => {
    const property = fc.property(times, times, writers, counters, (bound, time, writer, counter) => {
      const position = positionOf(time, writer, counter);
      expect(position > startOf(bound)).toBe(time >= bound);
      expect(position < endOf(bound)).toBe(time <= bound);
    });
    fc.assert(property);
  });

  it('hold for neighbouring milliseconds', () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 36 ** 9 - 2 }),
      writers,
      counters,
      (time, writer, counter) => {
        const position = positionOf(time, writer, counter);
        expect([startOf(time) < position, position < endOf(time)]).toEqual([true, true]);
        expect([position < startOf(time + 1), endOf(time - 1) < position]).toEqual([true, true]);
      },
    );
    fc.assert(property);
  });

  it('take times that no statement can have for the nearest that one can', () => {
    expect(startOf(-1)).toBe(startOf(0));
    expect(endOf(-62_135_596_800_000)).toBe(endOf(0));
    expect(endOf(253_402_300_799_999)).toBe(endOf(36 ** 9 - 1));
  });
});

describe('PositionSource', () => {
  const clocks = fc.array(fc.integer({ min: NOW - 5, max: NOW + 5 }), { minLength: 1 });
  const counts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });

  it('hands out ever greater positions, though the clock stands still or goes back', () => {
    const property = fc.property(clocks, counts, (clock, wanted) => {
      const source = sourceAt(clock);
      const positions = wanted.flatMap((count) => source.take(count).positions);
      expect(positions).toHaveLength(sum(wanted));
      expect(new Set(positions).size).toBe(positions.length);
      expect(positions.toSorted()).toEqual(positions);
    });
    fc.assert(property);
  });

  it('gives an array one `stored` and neighbouring places', () => {
    const property = fc.property(clocks, counts, (clock, wanted) => {
      const source = sourceAt(clock);
      for (const count of wanted) {
        const { stored, positions } = source.take(count);
        const [first = ''] = positions;
        expect(positions.map(storedAt)).toEqual(positions.map(() => stored));
        expect(positions).toEqual(positions.map((_, index) => positionIn(blockOf(first), counterOf(first) + index)));
      }
    });
    fc.assert(property);
  });

  it('has no foreign position between those of an array', () => {
    const one = sourceAt([NOW], 1).take(50).positions;
    const other = sourceAt([NOW], 2).take(50).positions;
    expect([...one, ...other].toSorted()).toEqual([...one, ...other]);
  });

  it('moves on to the next millisecond when the counter has run out', () => {
    const source = sourceAt([NOW]);
    expect(source.take(LAST_COUNTER).stored).toBe(NOW);
    expect(source.take(1)).toMatchObject({ stored: NOW, positions: [positionOf(NOW, 7, LAST_COUNTER)] });
    expect(source.take(1)).toMatchObject({ stored: NOW + 1, positions: [positionOf(NOW + 1, 7, 0)] });
  });

  it('follows the clock', () => {
    const source = sourceAt([NOW, NOW + 3]);
    expect(source.take(1).stored).toBe(NOW);
    expect(source.take(1).stored).toBe(NOW + 3);
  });

  it('stores nothing up to a sealed millisecond any more', () => {
    const property = fc.property(clocks, fc.integer({ min: NOW - 5, max: NOW + 5 }), (clock, sealed) => {
      const source = sourceAt(clock);
      const before = source.take(1).positions;
      source.seal(sealed);
      const after = source.take(1);
      expect(after.stored).toBeGreaterThan(sealed);
      expect([...before, ...after.positions].toSorted()).toEqual([...before, ...after.positions]);
    });
    fc.assert(property);
  });
});

describe('behind and before', () => {
  const positions = fc
    .tuple(fc.integer({ min: NOW, max: NOW + 2 }), fc.nat({ max: 2 }), fc.nat({ max: 80 }))
    .map(([stored, writer, counter]) => positionOf(stored, writer, counter));

  it('part a position from those after and before it, and from what begins with those', () => {
    const property = fc.property(positions, positions, (at, other) => {
      for (const text of [other, `${other}+`]) {
        expect(text > behind(at)).toBe(other > at);
        expect(text <= before(at)).toBe(other < at);
      }
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  it('may end a page, as positions may', () => {
    const property = fc.property(positions, (at) => {
      expect([at, `${behind(at)}time`].every((end) => PAGE_END_PATTERN.test(end))).toBe(true);
      expect(
        [behind(at), `${at}~a~`, at.slice(1), before(at).slice(0, 17)].some((end) => PAGE_END_PATTERN.test(end)),
      ).toBe(false);
    });
    fc.assert(property);
  });
});

describe('writerFrom', () => {
  it.each([
    [0, 0],
    [1 - Number.EPSILON / 2, LAST_WRITER],
  ])('draws a writer that fits: %d', (random, writer) => {
    expect(writerFrom(() => random)).toBe(writer);
  });
});

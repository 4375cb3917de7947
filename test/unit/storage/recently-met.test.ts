import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentlyMet } from '#storage/recently-met.ts';

const SPAN = 20;
const THINGS = 6;

describe('what was met recently', () => {
  it('is known within half of the span', () => {
    const anySizes = fc.array(fc.integer({ min: 1, max: SPAN / 2 }), { minLength: THINGS, maxLength: THINGS });
    const anyThings = fc.array(fc.nat({ max: THINGS - 1 }), { maxLength: 40 });
    fc.assert(
      fc.property(anySizes, anyThings, (sizes, things) => {
        const met = new RecentlyMet<number>(SPAN);
        for (const [index, thing] of things.entries()) {
          const times = met.meet(thing, sizes[thing] ?? 0);
          expect(answersAfter(things.slice(0, index), thing, sizes)).toContain(times > 0);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is counted', () => {
    const met = new RecentlyMet<string>(SPAN);
    expect(['a', 'a', 'b', 'a', 'b'].map((thing) => met.meet(thing, 3))).toEqual([0, 1, 0, 2, 1]);
    // Of the older generation now.
    expect(['c', 'd', 'a', 'b', 'c'].map((thing) => met.meet(thing, 3))).toEqual([0, 0, 3, 2, 1]);
  });

  it('is forgotten when as much as the span came after it', () => {
    const met = new RecentlyMet<string>(SPAN);
    expect(met.meet('a', 1)).toBe(0);
    for (let thing = 0; thing < SPAN; thing += 1) met.meet(`other ${thing}`, 1);
    expect([met.meet('a', 1), met.meet('a', 1)]).toEqual([0, 1]);
  });

  it('is that alone which is larger than the span', () => {
    const met = new RecentlyMet<string>(SPAN);
    expect(['a', 'a', 'b', 'c', 'a'].map((thing) => met.meet(thing, 100))).toEqual([0, 1, 0, 0, 0]);
  });
});

/** @param sizes of the things. @returns what may be answered of a thing that comes after others */
function answersAfter(things: readonly number[], thing: number, sizes: readonly number[]): readonly boolean[] {
  const last = things.lastIndexOf(thing);
  if (last === -1) return [false];
  // Each once: what is met again may be known already.
  const since = Array.from(new Set(things.slice(last)), (one) => sizes[one] ?? 0);
  const sum = since.reduce((before, one) => before + one, sizes[thing] ?? 0);
  return sum <= SPAN / 2 ? [true] : [false, true];
}

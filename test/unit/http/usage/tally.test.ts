import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Lot, LOT_AGE, LOT_SIZE, Tally } from '#http/usage/tally.ts';

interface Clock {
  time: number;
}

function aTally(clock: Clock, capacity = 1_000): Tally<string, number> {
  return new Tally({ idOf: (subject) => subject, add: (one, other) => one + other, capacity, now: () => clock.time });
}

function repeat(times: number, add: () => readonly Lot<string, number>[]): readonly Lot<string, number>[] {
  return Array.from({ length: times }, add).flat();
}

describe('a tally', () => {
  it('gives out the first addition of a subject at once', () => {
    expect(aTally({ time: 0 }).add('a', 3)).toEqual([{ subject: 'a', value: 3 }]);
  });

  it('then gathers 100 additions', () => {
    const tally = aTally({ time: 0 });
    tally.add('a', 1);
    expect(repeat(LOT_SIZE - 1, () => tally.add('a', 1))).toEqual([]);
    expect(tally.add('a', 1)).toEqual([{ subject: 'a', value: LOT_SIZE }]);
  });

  it('gathers fewer where the subject wants it', () => {
    const tally = aTally({ time: 0 });
    tally.add('a', 1, 2);
    expect(tally.add('a', 1, 2)).toEqual([]);
    expect(tally.add('a', 1, 2)).toEqual([{ subject: 'a', value: 2 }]);
  });

  it('gives out what has gathered with the first addition after 60 s', () => {
    const clock = { time: 0 };
    const tally = aTally(clock);
    tally.add('a', 1);
    clock.time = LOT_AGE - 1;
    expect(tally.add('a', 1)).toEqual([]);
    clock.time = LOT_AGE;
    expect(tally.add('a', 1)).toEqual([{ subject: 'a', value: 2 }]);
  });

  it('gives out what has gathered of one subject when another is counted', () => {
    const clock = { time: 0 };
    const tally = aTally(clock);
    tally.add('a', 1);
    tally.add('a', 1);
    clock.time = LOT_AGE;
    expect(tally.add('b', 1)).toEqual([
      { subject: 'b', value: 1 },
      { subject: 'a', value: 1 },
    ]);
  });

  it('gives out what it has to forget', () => {
    const tally = aTally({ time: 0 }, 1);
    tally.add('a', 1);
    tally.add('a', 1);
    expect(tally.add('b', 1)).toEqual([
      { subject: 'b', value: 1 },
      { subject: 'a', value: 1 },
    ]);
  });

  it('takes back what could not be written, until it is full', () => {
    const tally = aTally({ time: 0 }, 1);
    tally.add('a', 1);
    expect(tally.putBack({ subject: 'a', value: 1 })).toBe(true);
    expect(tally.putBack({ subject: 'b', value: 1 })).toBe(false);
    expect(tally.add('a', 1, 1)).toEqual([{ subject: 'a', value: 2 }]);
  });

  it('gives out every addition once, but for what it had no room to take back', () => {
    const addition = fc.record({ subject: fc.constantFrom('a', 'b', 'c'), pause: fc.nat(5_000), fails: fc.boolean() });
    fc.assert(
      fc.property(fc.array(addition, { maxLength: 400 }), fc.integer({ min: 1, max: 4 }), (additions, capacity) => {
        const clock = { time: 0 };
        const tally = aTally(clock, capacity);
        let left = 0;
        for (const { subject, pause, fails } of additions) {
          clock.time += pause;
          left += 1;
          for (const lot of tally.add(subject, 1)) if (!fails || !tally.putBack(lot)) left -= lot.value;
        }
        clock.time += LOT_AGE;
        for (const lot of tally.add('z', 0)) left -= lot.value;
        expect(left).toBe(0);
      }),
    );
  });

  it('keeps back at most 99 additions of a subject', () => {
    const addition = fc.record({ subject: fc.constantFrom('a', 'b'), pause: fc.nat(300) });
    fc.assert(
      fc.property(fc.array(addition, { maxLength: 1_000, size: 'max' }), (additions) => {
        const clock = { time: 0 };
        const tally = aTally(clock);
        const kept = new Map<string, number>();
        const most = additions.map(({ subject, pause }) => {
          clock.time += pause;
          kept.set(subject, (kept.get(subject) ?? 0) + 1);
          for (const lot of tally.add(subject, 1)) kept.set(lot.subject, (kept.get(lot.subject) ?? 0) - lot.value);
          return Math.max(...kept.values());
        });
        expect(Math.max(0, ...most)).toBeLessThan(LOT_SIZE);
      }),
      { numRuns: 20 },
    );
  });
});

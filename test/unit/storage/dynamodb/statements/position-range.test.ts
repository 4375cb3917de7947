import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryRangeStart, isInRange, positionRange } from '#storage/dynamodb/statements/position-range.ts';
import { blockOf, counterOf, positionIn, PositionSource, storedAt } from '#storage/position.ts';

const NOW = 1_767_322_800_000;

const times = fc.integer({ min: NOW, max: NOW + 6 });
const position = fc
  .tuple(times, fc.nat({ max: 3 }), fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 120 })))
  .map(([time, writer, place]) => new PositionSource(() => time, writer).take(place + 1).positions[place] ?? '');
const request = fc.record({
  since: fc.option(times, { nil: undefined }),
  until: fc.option(times, { nil: undefined }),
  ascending: fc.boolean(),
  after: fc.option(position, { nil: undefined }),
});

describe('positionRange', () => {
  it('holds what was stored after `since`, at or before `until`, and comes after the page before', () => {
    const property = fc.property(request, position, (options, at) => {
      const { since, until, ascending, after } = options;
      const stored = storedAt(at);
      const isAfter = after === undefined || (ascending ? at > after : at < after);
      const expected = (since === undefined || stored > since) && (until === undefined || stored <= until) && isAfter;
      expect(isInRange(positionRange(options), at)).toBe(expected);
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  it('starts among entry items before every item that may hold a position of the range', () => {
    const distances = fc.oneof(fc.nat({ max: 49 }), fc.constant(49));
    const property = fc.property(request, position, distances, (options, at, distance) => {
      // The position itself, and one that is just behind the page before.
      const { after = at } = options;
      for (const held of [at, positionIn(blockOf(after), counterOf(after) + 1)]) {
        const range = positionRange(options);
        const first = positionIn(blockOf(held), Math.max(0, counterOf(held) - distance));
        const isRead = entryRangeStart(range) <= first && first <= range.to;
        expect(isRead || !isInRange(range, held)).toBe(true);
      }
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('starts among entry items no further before than a section is long, nor in another block', () => {
    const property = fc.property(position, (after) => {
      const start = entryRangeStart(positionRange({ since: undefined, until: undefined, ascending: true, after }));
      expect(blockOf(start)).toBe(blockOf(after));
      expect(counterOf(start)).toBe(Math.max(0, counterOf(after) - 49));
    });
    fc.assert(property);
  });

  it('holds nothing before 1970', () => {
    const range = positionRange({ since: undefined, until: -1, ascending: false, after: undefined });
    const [at = ''] = new PositionSource(() => NOW, 1).take(1).positions;
    expect(isInRange(range, at)).toBe(false);
  });
});

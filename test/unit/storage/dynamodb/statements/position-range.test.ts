import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryRangeStart, isInRange, positionRange } from '#storage/dynamodb/statements/position-range.ts';
import { blockOf, counterOf, positionIn, PositionSource, storedAt } from '#storage/position.ts';

const NOW = 1_767_322_800_000;

const times = fc.integer({ min: NOW, max: NOW + 6 });
const position = fc
  .tuple(times, fc.nat({ max: 3 }), fc.nat({ max: 3 }))
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
    const property = fc.property(request, position, fc.nat({ max: 3 }), (options, at, distance) => {
      const range = positionRange(options);
      const first = positionIn(blockOf(at), Math.max(0, counterOf(at) - distance));
      const isRead = entryRangeStart(range) <= first && first <= range.to;
      expect(isRead || !isInRange(range, at)).toBe(true);
    });
    fc.assert(property);
  });

  it('holds nothing before 1970', () => {
    const range = positionRange({ since: undefined, until: -1, ascending: false, after: undefined });
    const [at = ''] = new PositionSource(() => NOW, 1).take(1).positions;
    expect(isInRange(range, at)).toBe(false);
  });
});

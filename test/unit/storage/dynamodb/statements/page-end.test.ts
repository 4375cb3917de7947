import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PACKED_INDEXES } from '#storage/dynamodb/statements/keyspace.ts';
import { pageEnd, startAfter } from '#storage/dynamodb/statements/page-end.ts';
import { behind, PAGE_END_PATTERN, PositionSource } from '#storage/position.ts';

const indexes = fc.constantFrom(...PACKED_INDEXES);
const positions = fc.nat({ max: 1_000 }).map((place) => {
  return new PositionSource(() => 1_767_322_800_000, 7).take(place + 1).positions[place] ?? '';
});

describe('the end of a page', () => {
  it('lets the next one by the same index begin behind all that begins before, by another one behind the statement', () => {
    const property = fc.property(positions, indexes, indexes, (at, index, other) => {
      expect(startAfter(pageEnd(at, index), other)).toBe(index === other ? behind(at) : at);
    });
    fc.assert(property);
  });

  it('may be a position alone', () => {
    const property = fc.property(positions, indexes, (at, index) => {
      expect(startAfter(at, index)).toBe(at);
    });
    fc.assert(property);
  });

  it('is what links may have', () => {
    const property = fc.property(positions, indexes, (at, index) => {
      expect([at, pageEnd(at, index)].every((end) => PAGE_END_PATTERN.test(end))).toBe(true);
    });
    fc.assert(property);
  });
});

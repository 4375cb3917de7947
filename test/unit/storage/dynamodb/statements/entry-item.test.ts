import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inheritedEntry, ownEntries, type Pointer, readEntry } from '#storage/dynamodb/statements/entry-item.ts';
import { PositionSource } from '#storage/position.ts';

const ITEM_LIMIT = 400 * 1024;

/** Some of the statements of one array. */
const pointers: fc.Arbitrary<readonly Pointer[]> = fc
  .tuple(fc.integer({ min: 1, max: 1_200 }), fc.array(fc.uuid(), { minLength: 1, maxLength: 20 }), fc.nat({ max: 7 }))
  .map(([count, ids, gap]) => {
    const { positions } = new PositionSource(() => 1_767_322_800_000, 36 ** 7).take(count * (gap + 1));
    return Array.from({ length: count }, (_, index) => ({
      at: positions[index * (gap + 1)] ?? '',
      id: ids[index % ids.length] ?? '',
    }));
  });

describe('entry items', () => {
  it('give back the statements of an array in their order', () => {
    const property = fc.property(pointers, (array) => {
      expect(ownEntries('partition', array).flatMap(readEntry)).toEqual(array);
    });
    fc.assert(property, { numRuns: 30 });
  });

  it('stand where their first statement stands, and fit an item', () => {
    const property = fc.property(pointers, (array) => {
      for (const item of ownEntries('partition', array)) {
        expect(item['sk']?.S).toBe(readEntry(item)[0]?.at);
        expect(item['m']?.B?.byteLength).toBeLessThan(ITEM_LIMIT / 2);
      }
    });
    fc.assert(property, { numRuns: 30 });
  });

  it('are none for no statements', () => {
    expect(ownEntries('partition', [])).toEqual([]);
  });

  it('give back an inherited statement, and stand behind its own entry and before the next', () => {
    const property = fc.property(pointers, (array) => {
      const [pointer = { at: '', id: '' }] = array;
      const item = inheritedEntry('partition', pointer);
      expect(readEntry(item)).toEqual([pointer]);
      const places = [pointer.at, item['sk']?.S ?? '', array[1]?.at ?? '~'];
      expect(places.toSorted()).toEqual(places);
    });
    fc.assert(property, { numRuns: 30 });
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  extentOf,
  inheritedEntry,
  isInherited,
  ownEntry,
  packedSection,
  type Pointer,
  readEntry,
  sizeOf,
} from '#storage/dynamodb/statements/entry-item.ts';
import { PositionSource } from '#storage/position.ts';

type Pointers = readonly [Pointer, ...Pointer[]];

/** Some of the statements of a section that may stand far behind in its block, and the first position of the section. */
const sections: fc.Arbitrary<{ readonly section: string; readonly pointers: Pointers }> = fc
  .tuple(
    fc.nat({ max: 40_000 }),
    fc.uniqueArray(fc.nat({ max: 49 }), { minLength: 1, maxLength: 50, size: 'max' }),
    fc.array(fc.uuid(), { minLength: 50, maxLength: 50 }),
  )
  .map(([before, places, ids]) => {
    const source = new PositionSource(() => 1_767_322_800_000, 36 ** 7);
    source.take(before);
    const { positions } = source.take(50);
    const pointerAt = (place = 0): Pointer => ({ at: positions[place] ?? '', id: ids[place] ?? '' });
    const [first, ...rest] = places.toSorted((one, other) => one - other);
    return { section: positions[0] ?? '', pointers: [pointerAt(first), ...rest.map(pointerAt)] };
  });

describe('entry items', () => {
  it('give back the statements of a section in their order', () => {
    const property = fc.property(sections, ({ pointers }) => {
      const item = ownEntry('partition', pointers);
      expect(item['pk']?.S).toBe('partition');
      expect(readEntry(item)).toEqual(pointers);
      expect(sizeOf(item)).toBe(pointers.length);
    });
    fc.assert(property);
  });

  it('stand where their first statement stands, and tell how far they lead', () => {
    const property = fc.property(sections, ({ pointers, section }) => {
      const extent = { first: pointers[0].at, last: pointers.at(-1)?.at };
      for (const item of [ownEntry('partition', pointers), ownEntry('partition', pointers, { section, shard: 2 })]) {
        expect(item['sk']?.S).toBe(pointers[0].at);
        expect(extentOf(item)).toEqual(extent);
      }
    });
    fc.assert(property);
  });

  it('name their section where its pack has all of them', () => {
    const property = fc.property(sections, ({ pointers, section }) => {
      expect(packedSection(ownEntry('partition', pointers, { section, shard: 2 }))).toEqual({ section, shard: 2 });
      expect(packedSection(ownEntry('partition', pointers))).toBeUndefined();
      expect(packedSection(inheritedEntry('partition', pointers[0]))).toBeUndefined();
    });
    fc.assert(property);
  });

  it('give back an inherited statement, and stand behind its own entry and before the next', () => {
    const property = fc.property(sections, ({ pointers }) => {
      const [pointer, next = { at: '~' }] = pointers;
      const item = inheritedEntry('partition', pointer);
      expect(readEntry(item)).toEqual([pointer]);
      expect(sizeOf(item)).toBe(1);
      expect(extentOf(item)).toEqual({ first: pointer.at, last: pointer.at });
      const places = [pointer.at, item['sk']?.S ?? '', next.at];
      expect(places.toSorted()).toEqual(places);
    });
    fc.assert(property);
  });

  it('tell whether they are inherited', () => {
    const property = fc.property(sections, ({ pointers, section }) => {
      const [own, inherited] = [
        ownEntry('partition', pointers, { section, shard: 2 }),
        inheritedEntry('partition', pointers[0]),
      ];
      expect([own, inherited].map(isInherited)).toEqual([false, true]);
    });
    fc.assert(property);
  });
});

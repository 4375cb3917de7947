import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinKey } from '#storage/dynamodb/key.ts';

/** Text of what keys are made of and what they are made with: separators, escapes, surrogates without their half. */
const segment = fc.oneof(
  fc.string({ unit: fc.constantFrom('|', '%', '#', '7', 'c', 'a', '\u0000', '\u007f', '\ud800', '\udc00', 'é') }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', '|', '\ud83d'), minLength: 120, maxLength: 140, size: 'max' }),
);
const segments = fc.array(segment, { minLength: 1, maxLength: 4 });

describe('joinKey', () => {
  it('gives different lists of segments different keys', () => {
    const property = fc.property(segments, segments, (one, other) => {
      const same = one.length === other.length && one.every((text, index) => text === other[index]);
      expect(joinKey(...one) === joinKey(...other)).toBe(same);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it.each([
    [
      ['a|b', 'c'],
      ['a', 'b|c'],
    ],
    [['a|b'], ['a%7cb']],
    [['a', ''], ['a']],
    [[''], ['', '']],
    [['%'], ['%25']],
    [['\ud800'], ['\ud801']],
    [['\ud800'], ['\ufffd']],
    [['x'.repeat(200)], ['x'.repeat(201)]],
    [['a#b'], ['a%#b']],
  ])('tells %j from %j', (one, other) => {
    expect(joinKey(...one)).not.toBe(joinKey(...other));
  });

  it('gives no key the form of the hash of another', () => {
    const hashed = joinKey('x'.repeat(500));
    expect(hashed).toMatch(/^%#/u);
    expect(joinKey(hashed)).not.toBe(hashed);
  });

  it('stays short and well-formed', () => {
    const property = fc.property(fc.string({ unit: 'binary', maxLength: 3_000, size: 'max' }), (text) => {
      const key = joinKey(text);
      expect(Buffer.byteLength(key)).toBeLessThanOrEqual(128);
      expect(key.isWellFormed()).toBe(true);
    });
    fc.assert(property, { numRuns: 50 });
  });

  it('leaves ordinary identifiers readable', () => {
    expect(joinKey('default', 'https://example.com/course?a=1')).toBe('default|https://example.com/course?a=1');
  });
});

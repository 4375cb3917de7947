import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseOf, type FileName, formatFileName, hashOfRows, parseFileName } from '#lake/files/file-name.ts';

const hex = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: length, maxLength: length });
const positions = fc.string({ unit: fc.constantFrom(...Array.from('09az')), minLength: 21, maxLength: 21 });

const names: fc.Arbitrary<FileName> = fc.record({
  kind: fc.constantFrom('fresh', 'merged'),
  first: positions,
  last: positions,
  rows: fc.nat(),
  bytes: fc.nat(),
  rawBytes: fc.maxSafeNat(),
  base: hex(8),
  hash: hex(32),
});

describe('the name of a file of the lake', () => {
  it('says what it was made of', () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(parseFileName(formatFileName(name))).toEqual(name);
      }),
    );
  });

  it.each(['', 'manifest', 'fresh_a_b_1_2_3_4_5.csv', 'other_a_b_1_2_3_4_5.parquet', 'fresh_a_b_-1_2_3_4_5.parquet'])(
    'says nothing where the lake has not given it: %j',
    (name) => {
      expect(parseFileName(name)).toBeUndefined();
    },
  );

  it('bears the manifest that it is for, also where there is none yet', () => {
    expect(baseOf('s3://bucket/a\n')).toMatch(/^[\da-f]{8}$/u);
    expect(new Set([baseOf(undefined), baseOf(''), baseOf('s3://bucket/a\n'), baseOf('s3://bucket/b\n')]).size).toBe(4);
  });

  it('bears its rows', () => {
    expect(hashOfRows(['a', 'b'])).toMatch(/^[\da-f]{32}$/u);
    expect(hashOfRows(['a', 'b'])).toBe(hashOfRows(['a', 'b']));
    expect(hashOfRows(['a', 'b'])).not.toBe(hashOfRows(['a']));
  });
});

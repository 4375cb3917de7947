import { describe, expect, it } from 'vitest';
import { dimensionFileName, isGarbage } from '#lake/dimensions/dimension-file.ts';

describe('a file of a dimension', () => {
  const before = { text: 's3://bucket/old\n', names: ['old'] };
  const name = dimensionFileName(before, 'id');
  const after = { text: `s3://bucket/${name}\n`, names: [name] };

  it('is no garbage while it is current, or may become so', () => {
    expect(isGarbage(name, before)).toBe(false);
    expect(isGarbage(name, after)).toBe(false);
    expect(isGarbage(dimensionFileName({ text: undefined }, 'id'), { text: undefined, names: [] })).toBe(false);
  });

  it('is garbage when it was made for another manifest', () => {
    expect(isGarbage(dimensionFileName(before, 'other'), after)).toBe(true);
    expect(isGarbage('old', after)).toBe(true);
  });
});

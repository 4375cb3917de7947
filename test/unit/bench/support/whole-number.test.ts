import { describe, expect, it } from 'vitest';
import { OptionError, wholeNumber } from '#bench/support/whole-number.ts';

describe('a whole number as an option', () => {
  it('is within its bounds', () => {
    expect(wholeNumber('--runs', '15', { min: 1, max: 15 })).toBe(15);
  });

  it.each(['0', '16', '1.5', '-1', '1e1', '', 'many'])('is not %j', (text) => {
    expect(() => wholeNumber('--runs', text, { min: 1, max: 15 })).toThrow(OptionError);
  });
});

import { describe, expect, it } from 'vitest';
import { OptionError, wholeNumber, wholeNumbers } from '#bench/support/whole-number.ts';

describe('a whole number as an option', () => {
  it('is within its bounds', () => {
    expect(wholeNumber('--runs', '15', { min: 1, max: 15 })).toBe(15);
  });

  it.each(['0', '16', '1.5', '-1', '1e1', '', 'many'])('is not %j', (text) => {
    expect(() => wholeNumber('--runs', text, { min: 1, max: 15 })).toThrow(OptionError);
  });
});

describe('a list of whole numbers of an option', () => {
  it('is parted by commas', () => {
    expect(wholeNumbers('--sizes', '5,7', { min: 1, max: 9 })).toEqual([5, 7]);
  });

  it.each(['', '5,', '5,,7', '5 7', '5,70'])('is not %j', (text) => {
    expect(() => wholeNumbers('--sizes', text, { min: 1, max: 9 })).toThrow('it has to be a whole number from 1 to 9.');
  });
});

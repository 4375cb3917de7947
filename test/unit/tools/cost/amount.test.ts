import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAmount } from '#tools/cost/amount.ts';
import { InputError } from '#tools/cost/input-error.ts';

describe('an amount', () => {
  it.each([
    ['0', 0],
    ['250', 250],
    ['1e6', 1_000_000],
    ['10k', 10_000],
    ['1.5M', 1_500_000],
    ['0.57k', 570],
    ['1B', 1_000_000_000],
    ['1_000', 1_000],
  ])('may be written %s', (text, value) => {
    expect(readAmount('statements', text)).toBe(value);
  });

  it.each(['', 'many', '-1', '1.5', '1e', '1kk', '0x10', 'Infinity', '1e13', '1 000'])('is not "%s"', (text) => {
    expect(() => readAmount('statements', text)).toThrow(InputError);
  });

  it('stays within its range, and says which', () => {
    expect(() => readAmount('months', '0', { least: 1, most: 12 })).toThrow(
      '--months is "0"; it has to be a whole number from 1 to 12, such as 250, 10k, 1.5M, 1e6 or 1B.',
    );
  });

  it('is read as it is printed', () => {
    fc.assert(fc.property(fc.nat(), (value) => readAmount('statements', String(value)) === value));
  });

  it('throws nothing else', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          return readAmount('statements', text) >= 0;
        } catch (error) {
          return error instanceof InputError;
        }
      }),
    );
  });
});

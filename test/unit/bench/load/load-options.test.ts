import { describe, expect, it } from 'vitest';
import { LOAD_ARGUMENTS, readLoad } from '#bench/load/load-options.ts';
import { OptionError } from '#bench/support/whole-number.ts';

const VALUES = {
  stored: LOAD_ARGUMENTS.stored.default,
  count: LOAD_ARGUMENTS.count.default,
  seconds: LOAD_ARGUMENTS.seconds.default,
  only: LOAD_ARGUMENTS.only.default,
};

describe('the options of a load', () => {
  it('are bounded in count and time unless they are given', () => {
    expect(readLoad(VALUES, 0)).toEqual({ seed: 'bench-0', stored: 5_000, count: 1_000, time: 10_000, only: [''] });
  });

  it('have another seed with each run, unless it is given', () => {
    expect(readLoad(VALUES, 1).seed).not.toBe(readLoad(VALUES, 2).seed);
    expect(readLoad({ ...VALUES, seed: 'mine' }, 1).seed).toBe('mine');
  });

  it('choose operations', () => {
    expect(readLoad({ ...VALUES, only: 'page by, GET' }, 0).only).toEqual(['page by', 'GET']);
  });

  it.each([{ count: '0' }, { count: '20001' }, { seconds: 'long' }, { stored: '10' }])('are not %j', (values) => {
    expect(() => readLoad({ ...VALUES, ...values }, 0)).toThrow(OptionError);
  });
});

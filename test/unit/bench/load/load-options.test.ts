import { describe, expect, it } from 'vitest';
import { LOAD_ARGUMENTS, readLoad } from '#bench/load/load-options.ts';
import { OptionError } from '#bench/support/whole-number.ts';

const VALUES = {
  stored: LOAD_ARGUMENTS.stored.default,
  count: LOAD_ARGUMENTS.count.default,
  seconds: LOAD_ARGUMENTS.seconds.default,
  only: LOAD_ARGUMENTS.only.default,
  write: LOAD_ARGUMENTS.write.default,
};

describe('the options of a load', () => {
  it('are bounded in count and time unless they are given', () => {
    expect(readLoad(VALUES, 0)).toEqual({
      seed: 'bench-0',
      stored: 5_000,
      count: 1_000,
      warmUp: 100,
      time: 10_000,
      only: [''],
    });
  });

  it('have another seed with each run, unless it is given', () => {
    expect(readLoad(VALUES, 1).seed).not.toBe(readLoad(VALUES, 2).seed);
    expect(readLoad({ ...VALUES, seed: 'mine' }, 1).seed).toBe('mine');
  });

  it('choose operations', () => {
    expect(readLoad({ ...VALUES, only: 'page by, GET' }, 0).only).toEqual(['page by', 'GET']);
  });

  it('choose no operation that there is not', () => {
    expect(() => readLoad({ ...VALUES, only: 'GET, page by course' }, 0)).toThrow(
      /^--only has "page by course", which is in the name of no operation; there are: GET by id, 16 in flight; page by agent; /u,
    );
  });

  it.each(['GET,', ',GET', 'GET,,POST', ',', ' '])('do not take %j for all of them', (only) => {
    expect(() => readLoad({ ...VALUES, only }, 0)).toThrow(`--only "${only}" has an empty name in it.`);
  });

  it('choose none where the table of the docs is written', () => {
    expect(() => readLoad({ ...VALUES, only: 'GET', write: true }, 0)).toThrow('without --only');
  });

  it('may send more at once, but where the table of the docs is written', () => {
    expect(readLoad({ ...VALUES, 'in-flight': '16' }, 0).inFlight).toBe(16);
    expect(() => readLoad({ ...VALUES, 'in-flight': '65' }, 0)).toThrow('--in-flight');
    expect(() => readLoad({ ...VALUES, 'in-flight': '16', write: true }, 0)).toThrow('without --in-flight');
  });

  it('may be bounded further, together with the requests before', () => {
    const values = { ...VALUES, count: '1500', 'warm-up': '500' };
    expect(readLoad(values, 0, 2_000)).toMatchObject({ count: 1_500, warmUp: 500 });
    expect(() => readLoad(values, 0, 1_999)).toThrow('--count is 1500 and the requests before are 500');
    expect(() => readLoad({ ...VALUES, count: '2000' }, 0, 2_000)).toThrow(OptionError);
  });

  it.each([{ count: '0' }, { count: '22001' }, { seconds: 'long' }, { stored: '10' }])('are not %j', (values) => {
    expect(() => readLoad({ ...VALUES, ...values }, 0)).toThrow(OptionError);
  });
});

import { describe, expect, it } from 'vitest';
import { withinTime } from '#storage/within-time.ts';

const abortOf = (signal: AbortSignal): Promise<'aborted'> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve('aborted')));

describe('withinTime', () => {
  it('gives the result of work that ends in time', async () => {
    expect(await withinTime(1_000, async (signal) => signal.aborted)).toBe(false);
  });

  it('aborts work that takes longer', async () => {
    expect(await withinTime(5, abortOf)).toBe('aborted');
  });

  it('aborts at once when there is no time left', async () => {
    expect(await withinTime(-1, abortOf)).toBe('aborted');
  });

  it('passes errors on', async () => {
    await expect(withinTime(1_000, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  });
});

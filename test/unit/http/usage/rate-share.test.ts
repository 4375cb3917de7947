import { describe, expect, it } from 'vitest';
import { RateShare } from '#http/usage/rate-share.ts';

describe('the share of a process in a rate', () => {
  it('is the whole as long as nothing is known', () => {
    const share = new RateShare();
    share.learn({ time: 0, own: 1, total: 1_000 });
    expect(share.rateOf(10, 0)).toBe(10);
  });

  it('is what the others leave', () => {
    const share = new RateShare();
    share.learn({ time: 0, own: 0, total: 0 });
    share.learn({ time: 1_000, own: 1, total: 5 });
    expect(share.rateOf(10, 1_000)).toBe(6);
  });

  it('is its part of the traffic where the others leave less', () => {
    const share = new RateShare();
    share.learn({ time: 0, own: 0, total: 0 });
    share.learn({ time: 1_000, own: 10, total: 40 });
    expect(share.rateOf(10, 1_000)).toBe(2.5);
  });

  it('follows the traffic of the last ten seconds', () => {
    const share = new RateShare();
    share.learn({ time: 0, own: 0, total: 0 });
    share.learn({ time: 10_000, own: 10, total: 1_000 });
    share.learn({ time: 20_000, own: 20, total: 1_010 });
    expect(share.rateOf(10, 20_000)).toBe(10);
  });

  it('stays when counts begin anew, until there are two', () => {
    const share = new RateShare();
    share.learn({ time: 0, own: 0, total: 0 });
    share.learn({ time: 1_000, own: 10, total: 40 });
    share.forget();
    share.learn({ time: 2_000, own: 1, total: 1 });
    expect(share.rateOf(10, 2_000)).toBe(2.5);
    share.learn({ time: 3_000, own: 6, total: 6 });
    expect(share.rateOf(10, 3_000)).toBe(10);
  });

  it('is at least a tenth, and one request a second', () => {
    const share = new RateShare();
    share.learn({ time: 0, own: 0, total: 0 });
    share.learn({ time: 1_000, own: 1, total: 1_000 });
    expect(share.rateOf(100, 1_000)).toBe(10);
    expect(share.rateOf(2, 1_000)).toBe(1);
  });

  it('is the whole again when nothing was learnt for ten seconds', () => {
    const share = new RateShare();
    share.learn({ time: 0, own: 0, total: 0 });
    share.learn({ time: 1_000, own: 10, total: 40 });
    expect(share.rateOf(10, 11_000)).toBe(2.5);
    expect(share.rateOf(10, 11_001)).toBe(10);
    expect(share.rateOf(10, 999)).toBe(10);
  });

  it('takes nothing from what was more than ten seconds ago', () => {
    const share = new RateShare();
    share.learn({ time: 0, own: 0, total: 0 });
    share.learn({ time: 10_001, own: 1, total: 1_000 });
    expect(share.rateOf(10, 10_001)).toBe(10);
  });

  it('follows a clock that is set back', () => {
    const share = new RateShare();
    share.learn({ time: 50_000, own: 0, total: 0 });
    share.learn({ time: 0, own: 0, total: 0 });
    share.learn({ time: 1_000, own: 1, total: 5 });
    expect(share.rateOf(10, 1_000)).toBe(6);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toEvent } from '#local/gateway/event.ts';
import type { GatewayHandler } from '#local/gateway/handler.ts';
import { invoke } from '#local/gateway/invoke.ts';
import { aGatewayRequest } from '#test/support/gateway-requests.ts';

const EVENT = toEvent(aGatewayRequest(), { requestId: 'r-1', now: 0, routeKey: 'ANY /xapi/statements' });

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('a function that is invoked', () => {
  it('has 30 s to answer', async () => {
    const answer = invoke('statements', after(29_999), EVENT);
    await vi.advanceTimersByTimeAsync(29_999);
    expect(await answer).toMatchObject({ status: 204 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not waited for any longer, whatever becomes of it', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const answer = invoke('statements', after(40_000, new Error('too late')), EVENT);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await answer).toMatchObject({ status: 503, headers: expect.arrayContaining(['retry-after']) });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(log).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('r-1'), 'took longer than 30 s');
  });
});

/** @param time milliseconds */
function after(time: number, error?: Error): GatewayHandler {
  return () => {
    return new Promise((resolve, reject) => {
      setTimeout(() => (error === undefined ? resolve({ statusCode: 204 }) : reject(error)), time);
    });
  };
}

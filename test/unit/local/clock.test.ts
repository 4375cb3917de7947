import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startClock } from '#local/clock.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the clock', () => {
  it('calls again and again, never twice at once', async () => {
    let running = 0;
    let most = 0;
    let calls = 0;
    const clock = startClock(
      'keeper',
      async () => {
        running += 1;
        most = Math.max(most, running);
        calls += 1;
        await sleep(5);
        running -= 1;
      },
      1,
    );
    await vi.waitFor(() => expect(calls).toBeGreaterThan(3));
    await clock.stop();
    expect(most).toBe(1);
    expect(running).toBe(0);
  });

  it('calls no more once it was stopped, nor waits for the next time', async () => {
    const handler = vi.fn<() => Promise<void>>().mockResolvedValue();
    const clock = startClock('keeper', handler, 60_000);
    await clock.stop();
    expect(handler).not.toHaveBeenCalled();
  });

  it('tells of a call that failed, and goes on', async () => {
    const told = vi.spyOn(console, 'error').mockReturnValue();
    const handler = vi.fn<() => Promise<void>>().mockRejectedValue(new Error('out of order'));
    const clock = startClock('keeper', handler, 1);
    await vi.waitFor(() => expect(handler.mock.calls.length).toBeGreaterThan(1));
    await clock.stop();
    expect(told).toHaveBeenCalledWith(
      'The function keeper failed:',
      expect.objectContaining({ message: 'out of order' }),
    );
  });
});

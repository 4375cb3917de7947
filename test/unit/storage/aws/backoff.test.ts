import { describe, expect, it } from 'vitest';
import { sendUntilProcessed, tryUntilDone } from '#storage/aws/backoff.ts';

const BATCH = ['a', 'b', 'c'];

describe('sendUntilProcessed', () => {
  it('sends once what is processed at once', async () => {
    const sent: (readonly string[])[] = [];
    await sendUntilProcessed(BATCH, async (work) => {
      sent.push(work);
      return [];
    });
    expect(sent).toEqual([BATCH]);
  });

  it('sends again what is left, and nothing else', async () => {
    const sent: (readonly string[])[] = [];
    await sendUntilProcessed(BATCH, async (work) => {
      sent.push(work);
      return work.slice(1);
    });
    expect(sent).toEqual([['a', 'b', 'c'], ['b', 'c'], ['c']]);
  });

  it('pauses longer each time and gives up as `overloaded`', async () => {
    const pauses: number[] = [];
    const wait = async (pause: number): Promise<void> => void pauses.push(pause);
    const sending = sendUntilProcessed(BATCH, async (work) => work, wait);
    await expect(sending).rejects.toMatchObject({ code: 'overloaded' });
    expect(pauses).toEqual([25, 50, 100, 200, 400, 800, 1_600]);
  });
});

describe('tryUntilDone', () => {
  it('tries until there is a result', async () => {
    const results = [undefined, undefined, 'done', 'too late'];
    const pauses: number[] = [];
    const wait = async (pause: number): Promise<void> => void pauses.push(pause);
    expect(
      await tryUntilDone(
        async () => results.shift(),
        wait,
        () => 0.5,
      ),
    ).toBe('done');
    expect(pauses).toEqual([12.5, 25]);
  });

  it('pauses for longer and longer random times and gives up as `overloaded`', async () => {
    const pauses: number[] = [];
    const wait = async (pause: number): Promise<void> => void pauses.push(pause);
    const trying = tryUntilDone(
      async () => undefined,
      wait,
      () => 1,
    );
    await expect(trying).rejects.toMatchObject({ code: 'overloaded' });
    expect(pauses).toEqual([25, 50, 100, 200, 400, 800, 1_600, 1_600, 1_600, 1_600, 1_600]);
  });

  it('passes on what an attempt throws', async () => {
    await expect(tryUntilDone(() => Promise.reject(new Error('defect')))).rejects.toThrow('defect');
  });
});

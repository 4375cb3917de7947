import { describe, expect, it } from 'vitest';
import { sendUntilProcessed } from '#storage/dynamodb/backoff.ts';

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

import { describe, expect, it } from 'vitest';
import { DynamoDbService } from '#storage/dynamodb/dynamodb-service.ts';
import { withinTime } from '#storage/within-time.ts';
import { startLoopbackServer } from '#test/support/loopback-server.ts';

const NOW = 1_000_000;
const now = (): number => NOW;

const abortOf = (signal: AbortSignal): Promise<'aborted'> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve('aborted')));

describe('withinTime', () => {
  it('gives the result of work that ends in time', async () => {
    expect(await withinTime(NOW + 1_000, now, async (signal) => signal.aborted)).toBe(false);
  });

  it('aborts work that takes longer', async () => {
    expect(await withinTime(NOW + 5, now, abortOf)).toBe('aborted');
  });

  it('aborts at once when there is no time left', async () => {
    expect(await withinTime(NOW - 1, now, abortOf)).toBe('aborted');
  });

  it('passes errors on', async () => {
    await expect(withinTime(NOW + 1_000, now, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  });

  it('aborts when the clock has passed the end before a timer could say so', async () => {
    let clock = NOW;
    const aborted = await withinTime(
      NOW + 60_000,
      () => clock,
      async (signal) => {
        const event = abortOf(signal);
        clock += 60_000;
        return [signal.aborted, await event];
      },
    );
    expect(aborted).toEqual([true, 'aborted']);
  });

  it('keeps a write from being tried again after a process was frozen beyond the end', async () => {
    let clock = NOW;
    const throttling = await startLoopbackServer(() => {
      clock += 60_000;
      return { status: 400, body: '{"__type":"ThrottlingException"}' };
    });
    const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
    const client = new DynamoDbService({ region: 'eu-central-1', endpoint: throttling.url }, { credentials });
    const write = withinTime(
      NOW + 30_000,
      () => clock,
      (signal) => client.call('PutItem', { TableName: 'table', Item: { pk: { S: 'a' } } }, { signal }),
    );
    await expect(write).rejects.toMatchObject({ name: 'AbortError' });
    expect(throttling.received).toHaveLength(1);
    await throttling.stop();
  });
});

import { describe, expect, it } from 'vitest';
import { Known } from '#bench/load/known.ts';
import { LrsClient } from '#bench/load/lrs-client.ts';
import type { Operation } from '#bench/load/operation.ts';

const TARGET = { name: 'none', url: 'http://127.0.0.1:9/xapi', key: 'key', secret: 'secret' };
const [ONE, OTHER] = [new LrsClient(TARGET), new LrsClient(TARGET)];

function aPut(check: (client: LrsClient, index: number) => void): Operation {
  return {
    name: 'put',
    inFlight: 2,
    statements: 0,
    begin: (client) => async (index) => () => check(client, index),
  };
}

describe('what a client has put', () => {
  it('is completed with what is missing, for each client', async () => {
    const known = new Known();
    const put = aPut((client, index) => known.add(client, index));
    known.add(ONE, 3);
    await known.complete(ONE, put, 3);
    await known.complete(ONE, put, 2);
    expect([0, 1, 2, 3].map((number) => known.pick(ONE, number))).toEqual([3, 4, 5, 3]);
    await known.complete(OTHER, put, 1);
    expect(known.pick(OTHER, 5)).toBe(6);
  });

  it('is not complete when an answer is wrong', async () => {
    const put = aPut(() => {
      throw new Error('500');
    });
    await expect(new Known().complete(ONE, put, 1)).rejects.toThrow('none, put: 500');
  });
});

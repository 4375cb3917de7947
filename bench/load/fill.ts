import { setTimeout as sleep } from 'node:timers/promises';
import type { LrsClient } from '#bench/load/lrs-client.ts';
import { postArray } from '#bench/load/store-operations.ts';

const ARRAY = 50;
const IN_FLIGHT = 4;
/** Milliseconds until what was stored must be found by queries. */
const PATIENCE = 30_000;

/** Stores statements of the seed, and waits until queries find them all. @throws when an answer is wrong. */
export async function fill(
  client: LrsClient,
  seed: string,
  count: number,
  progress: (text: string) => void,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const first = next;
      next += ARRAY;
      progress(`${client.name}: ${first} of ${count} statements stored`);
      const check = await postArray(client, seed, first, Math.min(ARRAY, count - first));
      check();
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  await untilConsistent(client, Date.now());
}

async function untilConsistent(client: LrsClient, stored: number): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (performance.now() < end) {
    const { consistentThrough } = await client.send({ method: 'GET', path: '/statements', query: { limit: '1' } });
    const through = Date.parse(String(consistentThrough));
    if (through >= stored || Number.isNaN(through)) return;
    await sleep(250);
  }
  throw new Error(`${client.name} has not become consistent in time.`);
}

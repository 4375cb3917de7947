import { setTimeout as sleep } from 'node:timers/promises';
import type { LrsClient } from '#bench/load/lrs-client.ts';
import { postArray } from '#bench/load/store-operations.ts';
import { Stopped } from '#bench/support/stopped.ts';

const ARRAY = 50;
const IN_FLIGHT = 4;
/** Milliseconds until what was stored must be found by queries. */
const PATIENCE = 30_000;

/** Stores statements of the seed, and waits until queries find them all. @throws Stopped when an answer is wrong, or none comes */
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
  try {
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
    await untilConsistent(client, Date.now());
  } catch (error) {
    throw new Stopped(`${client.name} cannot be filled: ${reasonOf(error)}`, { cause: error });
  }
}

/** Where a name has several addresses and none answers, the error has one for each, and no message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

async function untilConsistent(client: LrsClient, stored: number): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (performance.now() < end) {
    const { consistentThrough } = await client.send({ method: 'GET', path: '/statements', query: { limit: '1' } });
    const through = Date.parse(String(consistentThrough));
    if (through >= stored || Number.isNaN(through)) return;
    await sleep(250);
  }
  throw new Error('it has not become consistent in time');
}

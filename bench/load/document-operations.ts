import { expectStatus, WrongAnswer } from '#bench/load/checks.ts';
import { Known } from '#bench/load/known.ts';
import type { LrsClient } from '#bench/load/lrs-client.ts';
import type { Check, Operation } from '#bench/load/operation.ts';
import { subjectAt } from '#bench/support/generated.ts';

const IN_FLIGHT = 8;
/** Different ones that are got. */
const TO_GET = 100;
const PATH = '/activities/state';

/** In this order: what is put is got, and then deleted. */
export function documentOperations(seed: string): readonly Operation[] {
  const known = new Known();
  const put = operation('PUT state', async (client, index) => {
    const body = documentAt(seed, index);
    const query = queryAt(seed, index);
    const answer = await client.send({ method: 'PUT', path: PATH, query, type: 'application/json', body });
    return () => {
      expectStatus(answer, 204);
      known.add(client, index);
    };
  });
  const get = operation('GET state', async (client, number) => {
    const index = known.pick(client, number);
    const answer = await client.send({ method: 'GET', path: PATH, query: queryAt(seed, index) });
    return () => {
      expectStatus(answer, 200);
      if (answer.body.toString() !== documentAt(seed, index)) throw new WrongAnswer('another document than was put');
    };
  });
  const remove = operation('DELETE state', async (client, number) => {
    const index = known.pick(client, number);
    const answer = await client.send({ method: 'DELETE', path: PATH, query: queryAt(seed, index) });
    return () => expectStatus(answer, 204);
  });
  return [
    put,
    { ...get, prepare: (client, count) => known.complete(client, put, Math.min(count, TO_GET)) },
    // Each of its own: to delete what is not there is another thing.
    { ...remove, prepare: (client, count) => known.complete(client, put, count) },
  ];
}

function operation(name: string, send: (client: LrsClient, index: number) => Promise<Check>): Operation {
  return { name, inFlight: IN_FLIGHT, statements: 0, begin: (client) => (index) => send(client, index) };
}

function queryAt(seed: string, index: number): Readonly<Record<string, string>> {
  const { activity, agent } = subjectAt(seed, index);
  return { activityId: activity, agent: JSON.stringify(agent), stateId: `state-${index}` };
}

/** About 500 bytes. */
function documentAt(seed: string, index: number): string {
  return JSON.stringify({ seed, index, notes: 'what the learner has written so far. '.repeat(12) });
}

import { expectIds, expectStatus } from '#bench/load/checks.ts';
import type { LrsClient } from '#bench/load/lrs-client.ts';
import type { Check, Operation } from '#bench/load/operation.ts';
import { statementAt } from '#bench/support/generated.ts';

const JSON_TYPE = 'application/json';

/** @param seed of statements that nobody else stores */
export function storeOperations(seed: string): readonly Operation[] {
  return [
    postOnes('POST one', 1, `${seed}-a`),
    postOnes('POST one, 16 in flight', 16, `${seed}-b`),
    postArrays(50, `${seed}-c`),
    postArrays(100, `${seed}-d`),
  ];
}

export function postOnes(name: string, inFlight: number, seed: string): Operation {
  return {
    name,
    inFlight,
    statements: 1,
    leavesWork: true,
    begin: (client) => (index) => {
      const statement = statementAt(seed, index);
      return postThese(client, JSON.stringify(statement), [statement.id]);
    },
  };
}

function postArrays(size: number, seed: string): Operation {
  return {
    name: `POST arrays of ${size}`,
    inFlight: 4,
    statements: size,
    leavesWork: true,
    begin: (client) => (index) => postArray(client, seed, index * size, size),
  };
}

export function postArray(client: LrsClient, seed: string, first: number, size: number): Promise<Check> {
  const statements = Array.from({ length: size }, (_, offset) => statementAt(seed, first + offset));
  const ids = statements.map(({ id }) => id);
  return postThese(client, JSON.stringify(statements), ids);
}

async function postThese(client: LrsClient, body: string, ids: readonly string[]): Promise<Check> {
  const answer = await client.send({ method: 'POST', path: '/statements', type: JSON_TYPE, body });
  return () => {
    expectStatus(answer, 200);
    expectIds(answer, ids);
  };
}

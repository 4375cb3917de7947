import { expectIds, expectStatus } from '#bench/load/checks.ts';
import type { LrsClient } from '#bench/load/lrs-client.ts';
import { MadeAhead } from '#bench/load/made-ahead.ts';
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
  const ready = new MadeAhead((index) => one(seed, index));
  return {
    name,
    inFlight,
    statements: 1,
    leavesWork: true,
    makeAhead: ready.makeAhead,
    begin: (client) => (index) => post(client, ready.take(index)),
  };
}

function postArrays(size: number, seed: string): Operation {
  const ready = new MadeAhead((index) => several(seed, index * size, size));
  return {
    name: `POST arrays of ${size}`,
    inFlight: 4,
    statements: size,
    leavesWork: true,
    makeAhead: ready.makeAhead,
    begin: (client) => (index) => post(client, ready.take(index)),
  };
}

export function postArray(client: LrsClient, seed: string, first: number, size: number): Promise<Check> {
  return post(client, several(seed, first, size));
}

interface ToPost {
  readonly body: string;
  readonly ids: readonly string[];
}

function one(seed: string, index: number): ToPost {
  const statement = statementAt(seed, index);
  return { body: JSON.stringify(statement), ids: [statement.id] };
}

function several(seed: string, first: number, size: number): ToPost {
  const statements = Array.from({ length: size }, (_, offset) => statementAt(seed, first + offset));
  return { body: JSON.stringify(statements), ids: statements.map(({ id }) => id) };
}

async function post(client: LrsClient, { body, ids }: ToPost): Promise<Check> {
  const answer = await client.send({ method: 'POST', path: '/statements', type: JSON_TYPE, body });
  return () => {
    expectStatus(answer, 200);
    expectIds(answer, ids);
  };
}

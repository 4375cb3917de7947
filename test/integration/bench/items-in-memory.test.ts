import { beforeAll, describe, expect, it } from 'vitest';
import { ItemsInMemory } from '#bench/cpu/items-in-memory.ts';
import type { CallOptions, DynamoDb, InputOf, OperationName, OutputOf } from '#storage/dynamodb/dynamodb.ts';
import { drafts, uuidOf } from '#test/support/statement-drafts.ts';
import { type StatementStores, statementStores } from '#test/support/statement-stores.ts';
import { walk } from '#test/support/statement-walk.ts';

/** What the LRS reads of answers. */
const READ = new Set(['Item', 'Items', 'ScannedCount', 'LastEvaluatedKey']);

function readOf(answer: object): object {
  return Object.fromEntries(Object.entries(answer).filter(([name]) => READ.has(name)));
}

/** Asks DynamoDB, and what is to answer as it does; keeps what both have answered to `GetItem` and `Query`. */
class Both implements DynamoDb {
  readonly answers: object[] = [];
  readonly others: object[] = [];
  readonly #client: DynamoDb;
  readonly #memory = new ItemsInMemory();

  constructor(client: DynamoDb) {
    this.#client = client;
  }

  call<Name extends OperationName>(name: Name, input: InputOf<Name>, options?: CallOptions): Promise<OutputOf<Name>>;
  async call(name: OperationName, input: InputOf<OperationName>, options?: CallOptions): Promise<object> {
    const [answer, other] = [await this.#client.call(name, input, options), await this.#memory.call(name, input)];
    if (name === 'Query' || name === 'GetItem') {
      this.answers.push(readOf(answer));
      this.others.push(readOf(other));
    }
    return answer;
  }
}

let stores: StatementStores;

beforeAll(async () => {
  stores = await statementStores();
});

describe('the items that CPU time is measured with', () => {
  it.each([
    ['an array', [60]],
    ['arrays', [50, 3, 20]],
    ['single statements', Array.from({ length: 40 }, () => 1)],
  ])('are given as DynamoDB gives them: %s', async (name, sizes) => {
    const both = new Both(stores.client);
    const statements = stores.open({ client: both });
    let stored = 0;
    for (const size of sizes) {
      await statements.store(name, drafts(size, stored));
      stored += size;
    }
    await statements.get(name, uuidOf(0));
    for (const limit of [7, 50]) {
      for (const ascending of [false, true]) {
        expect(await walk(statements, { store: name, ascending, limit })).toHaveLength(stored);
      }
    }
    expect(both.answers.length).toBeGreaterThan(10);
    expect(both.others).toEqual(both.answers);
  });
});

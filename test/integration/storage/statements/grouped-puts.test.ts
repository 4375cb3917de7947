import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StatementStore } from '#storage/statement-store.ts';
import type { StatementDraft } from '#xapi/statement/statement.ts';
import { GroupedWrites } from '#storage/dynamodb/grouped-writes.ts';
import { connectionLost, gate, interceptedClient, type Interceptor } from '#test/support/faulty-client.ts';
import { ARRIVAL, heldWrites, LOST_TRANSACTIONS } from '#test/support/held-writes.ts';
import { outcomeOf } from '#test/support/outcome-of.ts';
import { aDraft, drafts, idsOf, uuidOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { expectFullyIndexed, walk } from '#test/support/statement-walk.ts';

const stores = await statementStores();
/** One that no other test uses. */
let store: string;

beforeEach(async () => {
  store = stores.anotherStore();
  // Its authority is known, so that all that follows is puts.
  await stores.open().store(store, [aDraft(uuidOf(0))]);
});

/** Milliseconds for the test whose time is over; what comes before the put has half of them. */
const COMMIT_BOUND = 1_000;
/** Never aborted. */
const UNLIMITED = new AbortController().signal;
/** What a client is told that sends a statement by itself. */
type Outcome = string;

/** A store whose first put waits at a gate, and the numbers of puts of its calls. */
function held(intercept?: Interceptor, commitBound = 10_000) {
  const line = heldWrites(intercept);
  return { ...line, statements: stores.openIntercepted(line.intercept, { commitBound }) };
}

/** Sends one statement, and the others, each by itself, while it is being written. @returns their outcomes, in that order */
async function sendTogether(
  { statements, reached, open }: ReturnType<typeof held>,
  others: readonly StatementDraft[],
  wait = ARRIVAL,
): Promise<readonly Outcome[]> {
  // Its authority is found by reading, which is to be over when the others come.
  const first = outcomeOf(statements.store(store, [aDraft(uuidOf(1))]));
  await reached;
  const outcomes = others.map((draft) => outcomeOf(statements.store(store, [draft])));
  await sleep(wait);
  open();
  return Promise.all([first, ...outcomes]);
}

async function expectStored(statements: StatementStore, ids: readonly string[]): Promise<void> {
  const all = await walk(statements, { store, ascending: true });
  expect(all.toSorted()).toEqual([uuidOf(0), uuidOf(1), ...ids].toSorted());
}

const stored = (count: number): readonly Outcome[] => Array.from({ length: count }, () => 'stored');

describe('statements that come one by one while one is being written', () => {
  it('wait, and go together in transactions', async () => {
    const line = held();
    const others = drafts(19, 100);
    expect(await sendTogether(line, others)).toEqual(stored(20));
    expect(line.sizes).toEqual([1, 8, 8, 3]);
    await expectStored(stores.open(), idsOf(others));
    for (const { value } of others.slice(0, 3)) await expectFullyIndexed(stores.open(), store, value);
  });

  it('go alone and at once where none is being written', async () => {
    const line = held();
    line.open();
    for (const draft of drafts(3, 100)) await line.statements.store(store, [draft]);
    expect(line.sizes).toEqual([1, 1, 1]);
  });

  it('do not go with more than a transaction may hold', async () => {
    const line = held();
    const others = drafts(7, 100, () => ({ result: { response: randomBytes(200_000).toString('base64') } }));
    expect(await sendTogether(line, others)).toEqual(stored(8));
    expect(Math.max(...line.sizes)).toBeLessThan(5);
    await expectStored(stores.open(), idsOf(others));
  });
});

describe('one among them that cannot be stored', () => {
  it('is told so, and the others are stored', async () => {
    const line = held();
    const others = [...drafts(3, 100), aDraft(uuidOf(0), { result: { response: 'another' } }), ...drafts(3, 200)];
    const outcomes = await sendTogether(line, others);
    expect(outcomes).toEqual([...stored(4), 'statement-conflict', ...stored(3)]);
    expect(line.sizes).toEqual([1, 7, 6]);
    await expectStored(stores.open(), idsOf([...others.slice(0, 3), ...others.slice(4)]));
  });

  it('is a replay when the same is stored', async () => {
    const line = held();
    expect(await sendTogether(line, [aDraft(uuidOf(0)), ...drafts(2, 100)])).toEqual(stored(4));
    await expectStored(stores.open(), [uuidOf(100), uuidOf(101)]);
  });

  it('is the second of two with the same id', async () => {
    const line = held();
    const [one, other] = [aDraft(uuidOf(100)), aDraft(uuidOf(100), { result: { response: 'another' } })];
    const outcomes = await sendTogether(line, [one, other, aDraft(uuidOf(101))]);
    expect(outcomes).toEqual(['stored', 'stored', 'statement-conflict', 'stored']);
    expect(line.sizes.slice(0, 2)).toEqual([1, 2]);
    await expectStored(stores.open(), [uuidOf(100), uuidOf(101)]);
  });
});

describe('a transaction of several statements', () => {
  it.each(LOST_TRANSACTIONS)('%s: each is stored once, by itself', async (_, intercept) => {
    const line = held(intercept);
    const others = drafts(10, 100);
    expect(await sendTogether(line, others)).toEqual(stored(11));
    expect(line.sizes).toEqual([1, 8, ...stored(8).map(() => 1), 2, 1, 1]);
    await expectStored(stores.open(), idsOf(others));
  });

  it('fails with every one of them when nothing answers', async () => {
    const line = held(() => Promise.reject(connectionLost()));
    const others = drafts(4, 100);
    expect(await sendTogether(line, others)).toEqual(['stored', ...stored(4).map(() => 'overloaded')]);
    await expectStored(stores.open(), []);
  });
});

describe('a statement whose time is over while it waits', () => {
  it('is not stored, and later ones are', async () => {
    const line = held(undefined, COMMIT_BOUND);
    const others = drafts(3, 100);
    expect(await sendTogether(line, others, COMMIT_BOUND + ARRIVAL)).toEqual(stored(4).map(() => 'overloaded'));
    expect(await walk(stores.open(), { store })).not.toContain(uuidOf(100));
    await line.statements.store(store, drafts(1, 200));
    expect(await walk(stores.open(), { store })).toContain(uuidOf(200));
  });

  it('is told so then, however long the one before it takes', async () => {
    const { reached, pass, open } = gate();
    let calls = 0;
    const client = interceptedClient(stores.endpoint, async (_, send) => {
      calls += 1;
      await pass();
      return send();
    });
    const writes = new GroupedWrites(client);
    const put = (key: string, signal = UNLIMITED): Promise<unknown> => {
      const Item = { pk: { S: `${store}|${key}` }, sk: { S: 's' } };
      return writes.write({ Put: { TableName: stores.tableName, Item } }, { signal });
    };
    const first = put('1');
    await reached;
    const controller = new AbortController();
    const [late, patient] = [put('2', controller.signal), put('3')];
    controller.abort();
    await expect(late).rejects.toMatchObject({ name: 'AbortError' });
    expect(calls).toBe(1);
    open();
    await Promise.all([first, patient]);
    expect(calls).toBe(2);
    const items = await stores.itemsOf(store);
    expect(items.map(({ pk }) => pk?.S)).not.toContain(`${store}|2`);
    expect(items.map(({ pk }) => pk?.S)).toContain(`${store}|3`);
  });
});

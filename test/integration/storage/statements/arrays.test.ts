import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { concerns, connectionLost } from '#test/support/faulty-client.ts';
import { outcomeOf } from '#test/support/outcome-of.ts';
import { aDraft, drafts, idsOf, uuidOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { expectFullyIndexed, walk } from '#test/support/statement-walk.ts';
import { anActivity, anAgent, anAnonymousGroup } from '#test/support/statements.ts';

const stores = await statementStores();
/** One that no other test uses. */
let store: string;

beforeEach(() => {
  store = stores.anotherStore();
});

const count = (outcomes: readonly string[], code: string): number => outcomes.filter((one) => one === code).length;
const aLargeText = (bytes: number): string => randomBytes(bytes / 2).toString('hex');

describe('one statement sent many times at once', () => {
  it('is stored once, when all are equal', async () => {
    const id = uuidOf(1);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => stores.open().store(store, [aDraft(id)])));
    const results = outcomes.flatMap((outcome) => outcome.results);
    expect([count(results, 'stored'), count(results, 'replayed')]).toEqual([1, 19]);
    await expectFullyIndexed(stores.open(), store, aDraft(id).value);
  });

  it('is stored as one of them, when all are different', async () => {
    const different = drafts(20, 0, (index) => ({ actor: anAgent(`actor-${index}`) })).map(({ value }) =>
      aDraft(uuidOf(1), value),
    );
    const outcomes = await Promise.all(different.map((draft) => outcomeOf(stores.open().store(store, [draft]))));
    expect([count(outcomes, 'stored'), count(outcomes, 'statement-conflict')]).toEqual([1, 19]);
    const winner = different[outcomes.indexOf('stored')];
    await expectFullyIndexed(stores.open(), store, winner?.value ?? aDraft(uuidOf(2)).value);
    expect(await walk(stores.open(), { store })).toEqual([uuidOf(1)]);
  });
});

describe('arrays at once that share statements', () => {
  it.each([
    ['one transaction', 40],
    ['several transactions', 130],
  ])('are all stored when the statements are equal: %s', async (_, size) => {
    const array = drafts(size, 0);
    const orders = [array, array.toReversed(), [...array.slice(size / 2), ...array.slice(0, size / 2)]];
    const outcomes = await Promise.all(orders.map((order) => outcomeOf(stores.open().store(store, order))));
    expect(outcomes).toEqual(['stored', 'stored', 'stored']);
    expect((await walk(stores.open(), { store })).toSorted()).toEqual(idsOf(array));
  });

  it.each([
    ['one transaction', 40],
    ['several transactions', 130],
  ])('are stored or refused as a whole when one statement differs: %s', async (_, size) => {
    const arrays = [0, 1, 2].map((number) => [
      ...drafts(size, 1_000 * (number + 1)),
      aDraft(uuidOf(1), { result: { response: `${number}` } }),
    ]);
    const outcomes = await Promise.all(arrays.map((array) => outcomeOf(stores.open().store(store, array))));
    expect(outcomes.toSorted()).toEqual(['statement-conflict', 'statement-conflict', 'stored']);
    const winner = arrays[outcomes.indexOf('stored')] ?? [];
    expect((await walk(stores.open(), { store, ascending: true })).toSorted()).toEqual(idsOf(winner).toSorted());
  });
});

describe('an array of 350', () => {
  it('leaves nothing behind when one of its ids is taken, not even for its own statements later', async () => {
    const statements = stores.open();
    await statements.store(store, [aDraft(uuidOf(333), { result: { response: 'other' } })]);
    expect(await outcomeOf(statements.store(store, drafts(350, 0)))).toBe('statement-conflict');
    expect(await walk(statements, { store })).toEqual([uuidOf(333)]);
    expect(await statements.get(store, uuidOf(0))).toBeUndefined();
    const others = drafts(300, 0, () => ({ actor: anAgent('someone') }));
    await statements.store(store, others);
    expect(await walk(statements, { store, ascending: true })).toEqual([uuidOf(333), ...idsOf(others)]);
  });

  it('takes in replays and keeps its order', async () => {
    const statements = stores.open();
    const array = drafts(350, 0);
    await statements.store(store, array.slice(100, 120));
    const { results } = await statements.store(store, array);
    expect(results).toEqual(array.map((_, index) => (index >= 100 && index < 120 ? 'replayed' : 'stored')));
    expect(await walk(statements, { store, ascending: true, limit: 37 })).toEqual(
      idsOf([...array.slice(100, 120), ...array.slice(0, 100), ...array.slice(120)]),
    );
  });
});

describe('an array of 350 that is sent again', () => {
  const array = drafts(350, 0);

  /** Sends it again. @returns how often each call was made. */
  async function callsOfSending(): Promise<Readonly<Record<string, number>>> {
    const calls: Record<string, number> = {};
    const counting = stores.openIntercepted((call, send) => {
      calls[call.name] = (calls[call.name] ?? 0) + 1;
      return send();
    });
    await counting.store(store, array);
    return calls;
  }

  it('takes nothing back when all of it is there', async () => {
    await stores.open().store(store, array);
    expect(await callsOfSending()).not.toHaveProperty('DeleteItem');
  });

  it('replaces what it left behind when it was given up, without touching it twice', async () => {
    const interrupted = stores.openIntercepted((call, send) => {
      if (call.name === 'DeleteItem' || concerns(call, 'committed')) throw connectionLost();
      return send();
    });
    await expect(interrupted.store(store, array)).rejects.toMatchObject({ code: 'overloaded' });
    expect(await walk(stores.open(), { store })).toEqual([]);
    const { TransactWriteItems = 0, UpdateItem = 0, DeleteItem = 0 } = await callsOfSending();
    // Seven sections in vain, seven in the place of what was left, and the commit.
    expect({ TransactWriteItems, DeleteItem }).toEqual({ TransactWriteItems: 15, DeleteItem: 0 });
    expect(UpdateItem).toBeLessThanOrEqual(2);
    expect(await walk(stores.open(), { store, ascending: true })).toEqual(idsOf(array));
  });
});

describe('an array of 350 whose journal others have ended', () => {
  it('takes back once what it has written', async () => {
    const removed: string[] = [];
    const late = stores.openIntercepted(async (call, send) => {
      if (call.name === 'TransactWriteItems' && concerns(call, 'committed')) await endJournals();
      if (call.name === 'DeleteItem' && 'Key' in call.input) removed.push(JSON.stringify(call.input.Key));
      return send();
    });
    const array = drafts(350, 0);
    await expect(late.store(store, array)).rejects.toMatchObject({ code: 'overloaded' });
    expect(removed.length).toBeGreaterThanOrEqual(array.length);
    expect(new Set(removed).size).toBe(removed.length);
    expect(await walk(stores.open(), { store })).toEqual([]);
  });
});

/** As who meets them when their time is over. */
async function endJournals(): Promise<void> {
  const journals = (await stores.itemsOf(store)).filter(({ jstate }) => jstate !== undefined);
  for (const { pk = { S: '' }, sk = { S: '' } } of journals) {
    await stores.client.call('UpdateItem', {
      TableName: stores.tableName,
      Key: { pk, sk },
      UpdateExpression: 'SET jstate = :aborted',
      ExpressionAttributeValues: { ':aborted': { S: 'aborted' } },
    });
  }
}

describe('an array of 5,000', () => {
  it('is stored in order, and found by what its statements share', async () => {
    const course = anActivity('course');
    const array = drafts(5_000, 0, (index) => ({
      actor: index % 2 === 0 ? anAgent('ann') : anAnonymousGroup('bob', 'cid'),
      context: { contextActivities: { parent: [course] } },
    }));
    const statements = stores.open({ commitBound: 60_000, shards: 2 });
    await statements.store(store, array);
    const filters = [{ activity: course.id, relatedActivities: true }, {}];
    for (const filter of filters) {
      expect(await walk(statements, { store, ascending: true, limit: 500, filters: filter })).toEqual(idsOf(array));
    }
    const members = await walk(statements, { store, limit: 500, filters: { agent: 'mbox|mailto:bob@example.com' } });
    expect(members).toEqual(idsOf(array.filter((_, index) => index % 2 === 1)).toReversed());
  });
});

describe('large statements', () => {
  it.each([
    ['just within an item', 250_000],
    ['beyond an item', 800_000],
  ])('are given back as they were: %s', async (_, bytes) => {
    const draft = aDraft(uuidOf(1), { result: { response: aLargeText(bytes * 1.1) } });
    const statements = stores.open();
    await statements.store(store, [draft]);
    const { text = '{}' } = (await statements.get(store, draft.id)) ?? {};
    expect(JSON.parse(text)).toMatchObject({ result: draft.value.result });
    await expectFullyIndexed(statements, store, draft.value);
  });

  it('go through in an array that is larger than a transaction, and fill pages by their size', async () => {
    const array = drafts(30, 0, () => ({ result: { response: aLargeText(400_000) } }));
    const statements = stores.open();
    await statements.store(store, array);
    expect(await walk(statements, { store, ascending: true, maxBytes: 1_000_000 })).toEqual(idsOf(array));
    const page = await statements.query({ store, filters: {}, ascending: true, limit: 10, maxBytes: 1_000_000 });
    expect(page.statements).toHaveLength(2);
  });
});

describe('two stores in one table', () => {
  it('see nothing of each other', async () => {
    const statements = stores.open();
    const draft = aDraft(uuidOf(1));
    const namesake = aDraft(uuidOf(1), { result: { response: 'of the other store' } });
    const awaited = aDraft(uuidOf(2), { object: { objectType: 'StatementRef', id: uuidOf(3) } });
    await statements.store(store, [draft, awaited]);
    await statements.store(`${store}|`, [namesake, aDraft(uuidOf(3))]);
    expect(await walk(statements, { store })).toEqual([uuidOf(2), uuidOf(1)]);
    expect(await walk(statements, { store: `${store}|` })).toEqual([uuidOf(3), uuidOf(1)]);
    expect(await walk(statements, { store: `${store}|s` })).toEqual([]);
    expect(await statements.get(store, uuidOf(3))).toBeUndefined();
    const found = await statements.get(`${store}|`, uuidOf(1));
    expect(JSON.parse(found?.text ?? '{}')).toMatchObject({ result: { response: 'of the other store' } });
  });
});

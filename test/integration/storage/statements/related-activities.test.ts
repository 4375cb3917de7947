import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { concerns, connectionLost } from '#test/support/faulty-client.ts';
import { aDraft, aReference, aVoiding, drafts, uuidOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { expectFullyIndexed, walk } from '#test/support/statement-walk.ts';
import { anActivity } from '#test/support/statements.ts';
import type { StatementDraft } from '#xapi/statement/statement.ts';

const SHARDS = 4;
const [a, b, c] = [uuidOf(1), uuidOf(2), uuidOf(3)];

const stores = await statementStores();
/** One that no other test uses. */
let store: string;

beforeEach(() => {
  store = stores.anotherStore();
});

/** A statement with these context activities. */
function related(id: string, ...names: readonly string[]): StatementDraft {
  return aDraft(id, { context: { contextActivities: { other: names.map((name) => anActivity(name)) } } });
}

async function foundBy(name: string): Promise<readonly string[]> {
  const filters = { activity: anActivity(name).id, relatedActivities: true };
  return walk(stores.open({ shards: SHARDS }), { store, filters, ascending: true, limit: 40 });
}

/** Stores arrays, one after the other. @returns the names of all calls. */
async function callsOfStoring(...arrays: readonly (readonly StatementDraft[])[]): Promise<readonly string[]> {
  const calls: string[] = [];
  const statements = stores.openIntercepted(
    (call, send) => {
      calls.push(call.name);
      return send();
    },
    { shards: SHARDS },
  );
  for (const array of arrays) await statements.store(store, array);
  return calls;
}

describe('a statement with related activities that comes alone', () => {
  it('takes one request when they are three, once its authority is known', async () => {
    const calls = await callsOfStoring([aDraft(c)], [related(a, 'one', 'two', 'three')]);
    expect(calls).toEqual(['BatchWriteItem', 'PutItem', 'PutItem']);
    for (const name of ['one', 'two', 'three']) expect(await foundBy(name)).toEqual([a]);
  });

  it('has entries for those beyond three', async () => {
    const calls = await callsOfStoring([aDraft(c)], [related(a, 'one', 'two', 'three', 'four', 'five')]);
    expect(calls).toEqual(['BatchWriteItem', 'PutItem', 'BatchWriteItem', 'PutItem']);
    for (const name of ['one', 'two', 'three', 'four', 'five']) expect(await foundBy(name)).toEqual([a]);
  });

  it('is read without a request for its item', async () => {
    await stores.open({ shards: SHARDS }).store(store, [related(a, 'one', 'two', 'three')]);
    const calls: string[] = [];
    const reading = stores.openIntercepted((call, send) => {
      calls.push(call.name);
      return send();
    });
    await walk(reading, { store, filters: { activity: anActivity('two').id, relatedActivities: true } });
    expect(new Set(calls)).toEqual(new Set(['Query']));
  });
});

describe('an array of 150 under a journal', () => {
  /** Each with an activity that all have, one that two have, and five of its own. */
  const array = drafts(150, 100, (index) => ({
    context: {
      contextActivities: {
        parent: [anActivity('course')],
        grouping: [anActivity(`pair-${index >> 1}`)],
        other: [1, 2, 3, 4, 5].map((number) => anActivity(`own-${index}-${number}`)),
      },
    },
  }));

  it('is found by what is shared and by what is not, also by what refers to it', async () => {
    const statements = stores.open({ shards: SHARDS });
    await statements.store(store, [aReference(a, uuidOf(100))]);
    await statements.store(store, [...array, aReference(b, uuidOf(101))]);
    expect(await foundBy('course')).toEqual([a, ...array.map(({ id }) => id), b]);
    expect(await foundBy('pair-0')).toEqual([a, uuidOf(100), uuidOf(101), b]);
    for (const number of [1, 2, 3, 4, 5]) expect(await foundBy(`own-1-${number}`)).toEqual([uuidOf(101), b]);
    for (const { value } of array.slice(120, 124)) await expectFullyIndexed(statements, store, value);
  });

  it('leaves nothing to be found by when it is given up, and is found when it is sent again in other parts', async () => {
    const failing = stores.openIntercepted((call, send) => {
      if (call.name === 'DeleteItem' || concerns(call, 'committed')) throw connectionLost();
      return send();
    });
    await expect(failing.store(store, array)).rejects.toMatchObject({ code: 'overloaded' });
    for (const name of ['course', 'pair-3', 'own-6-1', 'own-6-5']) expect(await foundBy(name)).toEqual([]);
    const statements = stores.open({ shards: SHARDS });
    await statements.store(store, array.slice(6, 7));
    await statements.store(store, array.slice(0, 20));
    expect(await foundBy('pair-3')).toEqual([uuidOf(106), uuidOf(107)]);
    for (const name of ['own-6-1', 'own-6-5']) expect(await foundBy(name)).toEqual([uuidOf(106)]);
    expect(await foundBy('course')).toHaveLength(20);
    for (const { value } of array.slice(0, 8)) await expectFullyIndexed(statements, store, value);
  });
});

describe('a statement that is stored already', () => {
  it('and comes again in an array is found once, and what came with it as well', async () => {
    const statements = stores.open({ shards: SHARDS });
    await statements.store(store, [related(a, 'one', 'two', 'three', 'four')]);
    const array = [related(a, 'one', 'two', 'three', 'four'), related(b, 'two', 'four', 'five', 'six')];
    expect(await statements.store(store, array)).toEqual({ results: ['replayed', 'stored'] });
    for (const name of ['one', 'three']) expect(await foundBy(name)).toEqual([a]);
    for (const name of ['two', 'four']) expect(await foundBy(name)).toEqual([a, b]);
    for (const name of ['five', 'six']) expect(await foundBy(name)).toEqual([b]);
  });

  it('in an array is found once when it comes again alone', async () => {
    const statements = stores.open({ shards: SHARDS });
    await statements.store(store, [related(a, 'one', 'two'), related(b, 'two', 'three')]);
    expect(await statements.store(store, [related(a, 'one', 'two')])).toEqual({ results: ['replayed'] });
    expect(await foundBy('two')).toEqual([a, b]);
    expect(await foundBy('one')).toEqual([a]);
  });
});

describe('an array that is stamped anew', () => {
  it('is found by all that it is related to, under its new positions', async () => {
    let batches = 0;
    const slow = stores.openIntercepted(
      async (call, send) => {
        if (call.name === 'BatchWriteItem' && (batches += 1) === 1) await sleep(1_100);
        return send();
      },
      { shards: SHARDS, commitBound: 2_000 },
    );
    await slow.store(store, [related(a, 'one', 'two', 'three', 'four', 'five'), related(b, 'five', 'six')]);
    expect(batches).toBeGreaterThan(1);
    for (const name of ['one', 'two', 'three', 'four']) expect(await foundBy(name)).toEqual([a]);
    expect(await foundBy('five')).toEqual([a, b]);
    expect(await foundBy('six')).toEqual([b]);
  });
});

describe('a voided statement', () => {
  it.each([
    ['after it', [[related(a, 'one', 'two')], [aVoiding(c, a)]]],
    ['before it', [[aVoiding(c, a)], [related(a, 'one', 'two')]]],
    ['with it', [[aVoiding(c, a), related(a, 'one', 'two'), related(b, 'two')]]],
  ])('is not found by what it is related to, only what voids it: %s', async (_, arrays) => {
    const statements = stores.open({ shards: SHARDS });
    for (const array of arrays) await statements.store(store, array);
    expect(await foundBy('one')).toEqual([c]);
    expect(await foundBy('two')).toEqual(arrays.flat().some(({ id }) => id === b) ? [c, b] : [c]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { Item } from '#storage/dynamodb/attributes.ts';
import { extentOf } from '#storage/dynamodb/statements/entry-item.ts';
import type { StatementStore } from '#storage/statement-store.ts';
import { SHARED, voidingOf } from '#test/support/attempts.ts';
import { concerns, connectionLost, losingTransactions } from '#test/support/faulty-client.ts';
import { countedReads } from '#test/support/counted-reads.ts';
import { aDraft, aReference, drafts, idsOf, uuidOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { expectFullyIndexed, walk } from '#test/support/statement-walk.ts';
import { anActivity, anAgent } from '#test/support/statements.ts';
import type { StatementDraft } from '#xapi/statement/statement.ts';

const stores = await statementStores();
/** One that no other test uses. */
let store: string;

beforeEach(() => {
  store = stores.anotherStore();
});

/** Statements that share a lesson with those beside them, and a course with every fifth. */
function lessons(count: number, first: number, size = 6): readonly StatementDraft[] {
  return drafts(count, first, (index) => ({
    ...SHARED,
    context: {
      contextActivities: {
        parent: [anActivity(`lesson-${Math.floor(index / size)}`)],
        grouping: [anActivity(`course-${index % 5}`)],
      },
    },
  }));
}

function by(name: string) {
  return { activity: anActivity(name).id, relatedActivities: true };
}

/** Of an array, those that are related to what has this name. */
function idsBy(array: readonly StatementDraft[], name: string): readonly string[] {
  return array.filter(({ value }) => JSON.stringify(value).includes(`/${name}"`)).map(({ id }) => id);
}

const isRelated = (item: Item): boolean => item['pk']?.S?.split('|')[1] === 'related-activity';

async function relatedItems(): Promise<readonly Item[]> {
  return (await stores.itemsOf(store)).filter(isRelated);
}

async function relatedPacks(): Promise<readonly Item[]> {
  return (await relatedItems()).filter((item) => item['z'] !== undefined);
}

/** Where the first of the statements stands that an item leads to, which it may begin before. */
function positionOfFirst(item: Item): string {
  const members = item['m']?.B ?? new Uint8Array();
  return extentOf({ ...item, m: { B: members.slice(0, 19) } }).last;
}

/** Puts an entry in the place of each pack, as there was. */
async function replacePacks(): Promise<void> {
  for (const item of await relatedPacks()) {
    const { pk = { S: '' }, sk = { S: '' }, m = { B: new Uint8Array() } } = item;
    const first = positionOfFirst(item);
    await stores.client.call('DeleteItem', { TableName: stores.tableName, Key: { pk, sk } });
    const entry = { pk, sk: { S: first }, m, k: { S: `${Number.parseInt(sk.S?.slice(-4) ?? '', 36)} 0` } };
    await stores.client.call('PutItem', { TableName: stores.tableName, Item: entry });
  }
}

/** Fails unless these of an array of `lessons` are found by all that they are related to, in both directions, and no others. */
async function expectFound(
  statements: StatementStore,
  array: readonly StatementDraft[],
  found: readonly string[],
): Promise<void> {
  const names = new Map<string, string[]>();
  for (const { id, value } of array) {
    const { parent, grouping } = value.context?.contextActivities ?? {};
    for (const activity of [parent, grouping].flat()) {
      if (activity === undefined) continue;
      names.set(activity.id, [...(names.get(activity.id) ?? []), ...(found.includes(id) ? [id] : [])]);
    }
  }
  for (const [activity, ids] of names) {
    for (const ascending of [true, false]) {
      const filters = { activity, relatedActivities: true };
      const walked = await walk(statements, { store, filters, ascending, limit: 7 });
      const wanted = ascending ? ids : ids.toReversed();
      expect({ activity, ascending, walked }).toEqual({ activity, ascending, walked: wanted });
    }
  }
}

describe('a related activity that a few statements of a section share', () => {
  it('has a pack among its entries, which brings their bodies', async () => {
    const array = lessons(50, 0);
    await stores.open().store(store, array);
    // Eight lessons of six, one of two, and five courses of ten.
    expect((await relatedPacks()).length).toBe(13);
    expect((await relatedItems()).length).toBe(14);
    const calls: string[] = [];
    const reading = stores.openIntercepted((call, send) => {
      calls.push(call.name);
      return send();
    });
    for (const name of ['lesson-0', 'lesson-7', 'course-0', 'course-4']) {
      for (const limit of [1, 4, 60]) {
        expect(await walk(reading, { store, filters: by(name), limit })).toEqual(idsBy(array, name).toReversed());
      }
    }
    expect(new Set(calls)).toEqual(new Set(['Query']));
    expect(await walk(reading, { store, filters: by('lesson-8') })).toEqual([uuidOf(49), uuidOf(48)]);
    expect(calls).toContain('BatchGetItem');
  });

  it('is written in the transaction of its statements, and found by everything else as before', async () => {
    const calls: string[] = [];
    const statements = stores.openIntercepted((call, send) => {
      calls.push(call.name);
      return send();
    });
    await statements.store(store, [aDraft(uuidOf(0xfff))]);
    calls.length = 0;
    const array = lessons(40, 0);
    await statements.store(store, array);
    expect(calls).toEqual(['TransactWriteItems']);
    for (const { value } of array.slice(0, 7)) await expectFullyIndexed(statements, store, value);
  });

  it('is found once by what also inherits it, with its body', async () => {
    const statements = stores.open();
    const array = lessons(20, 0).map(({ id, value }, index) => {
      return index % 3 === 1
        ? aDraft(id, { ...value, object: { objectType: 'StatementRef', id: uuidOf(0x500) } })
        : aDraft(id, value);
    });
    await statements.store(store, array);
    const target = aDraft(uuidOf(0x500), { context: { contextActivities: { parent: [anActivity('lesson-1')] } } });
    await statements.store(store, [target]);
    const inheriting = array.filter((_, index) => index % 3 === 1 || (index >= 6 && index < 12));
    for (const limit of [1, 3, 40]) {
      const up = await walk(statements, { store, filters: by('lesson-1'), ascending: true, limit });
      expect(up).toEqual([...idsOf(inheriting), target.id]);
      const down = await walk(statements, { store, filters: by('lesson-1'), limit });
      expect(down).toEqual(up.toReversed());
    }
  });

  it('is read at once on the few shards where its packs are', async () => {
    const shards = 4;
    for (let array = 0; array < 8; array += 1) {
      await stores.open({ shards }).store(store, lessons(50, array * 0x100));
    }
    const { statements, reads } = countedReads(stores, { shards });
    const query = { store, filters: by('course-1'), ascending: false, limit: 50, maxBytes: 10_000_000 };
    for (let page = 1; page <= 2; page += 1) {
      expect((await statements.query(query)).statements).toHaveLength(50);
      // One for each shard of rows and entries of the activity, and of what is related to it, and for the packs.
      expect(reads.calls).toBe(page * (6 * shards + 1));
    }
  });

  it('is found in every order and from everywhere, in arrays under a journal, between others', async () => {
    const statements = stores.open({ commitBound: 60_000, shards: 4 });
    const array = lessons(500, 0);
    await statements.store(store, lessons(10, 0x10000, 1));
    await statements.store(store, array);
    await statements.store(store, [aReference(uuidOf(0x20000), uuidOf(3), { actor: anAgent('cid') })]);
    expect((await relatedPacks()).length).toBeGreaterThan(100);
    const others = lessons(10, 0x10000, 1);
    for (const name of ['lesson-0', 'lesson-8', 'lesson-40', 'course-3']) {
      const wanted = [
        ...idsBy([...others, ...array], name),
        ...(['lesson-0', 'course-3'].includes(name) ? [uuidOf(0x20000)] : []),
      ];
      for (const limit of [1, 7, 60]) {
        expect(await walk(statements, { store, filters: by(name), ascending: true, limit })).toEqual(wanted);
        expect(await walk(statements, { store, filters: by(name), limit })).toEqual(wanted.toReversed());
      }
    }
  }, 60_000);
});

describe('an array that is given up in the middle', () => {
  it.each([1, 2, 3])('leaves no pack, and nothing to be found: transaction %i', async (last) => {
    const failing = stores.openIntercepted(losingTransactions(last));
    const array = lessons(120, 0);
    await expect(failing.store(store, array)).rejects.toMatchObject({ code: 'overloaded' });
    expect(await relatedPacks()).toEqual([]);
    await expectFound(stores.open(), array, []);
    await stores.open().store(store, array);
    await expectFound(stores.open(), array, idsOf(array));
  });

  it('shows nothing where its packs are still there', async () => {
    const failing = stores.openIntercepted((call, send) => {
      if (call.name === 'DeleteItem' || concerns(call, 'committed')) throw connectionLost();
      return send();
    });
    const array = lessons(120, 0);
    await expect(failing.store(store, array)).rejects.toMatchObject({ code: 'overloaded' });
    expect(await relatedPacks()).not.toEqual([]);
    await expectFound(stores.open(), array, []);
    await stores.open().store(store, array);
    await expectFound(stores.open(), array, idsOf(array));
  });
});

describe('a statement in packs of related activities', () => {
  const array = lessons(50, 0);
  const ids = idsOf(array);

  it('is voided by a statement alone, which makes no item where there is no pack', async () => {
    await stores.open().store(store, array);
    const before = (await stores.itemsOf(store)).length;
    const voided = [uuidOf(7), uuidOf(49)];
    for (const id of voided) await stores.open().store(store, [voidingOf(id)]);
    const items = await stores.itemsOf(store);
    expect(items.filter((item) => item['c'] !== undefined && item['z'] === undefined)).toEqual([]);
    expect(items.filter(isRelated).filter((item) => item['c'] !== undefined)).toHaveLength(3);
    // The voiding statements, and what leads to them: what they refer to and what they inherit.
    const entries = items.filter((item) => item['sk']?.S?.endsWith('+') === true || item['pk']?.S?.includes('|ref|'));
    expect(items.length - entries.length).toBe(before + voided.length);
    await expectFoundBeside(voided);
  });

  /** The voiding statements are found by what they void. */
  async function expectFoundBeside(voided: readonly string[], statements = stores.open()): Promise<void> {
    for (const name of ['lesson-0', 'lesson-1', 'lesson-8', 'course-2', 'course-4']) {
      const own = idsBy(array, name);
      for (const ascending of [true, false]) {
        const found = await walk(statements, { store, filters: by(name), ascending, limit: 4 });
        const those = found.filter((id) => ids.includes(id));
        const wanted = own.filter((id) => !voided.includes(id));
        expect({ name, ascending, those }).toEqual({
          name,
          ascending,
          those: ascending ? wanted : wanted.toReversed(),
        });
      }
    }
    for (const id of voided) expect(await statements.get(store, id)).toMatchObject({ id, voided: true });
  }

  it('is voided by many, again and again', async () => {
    await stores.open().store(store, array);
    const voided = ids.slice(4, 30);
    await stores.open().store(store, voided.map(voidingOf));
    await expectFoundBeside(voided);
    await stores.open().store(store, voided.map(voidingOf));
    await expectFoundBeside(voided);
  });

  it('is voided before it comes, and with it, and then is in none of them', async () => {
    const [before, within] = [ids.slice(3, 6), ids.slice(10, 14)];
    await stores.open().store(store, before.map(voidingOf));
    await stores.open().store(store, [...array, ...within.map(voidingOf)]);
    await expectFoundBeside([...before, ...within]);
    const members = (await relatedPacks()).map((item) => (item['m']?.B?.length ?? 0) / 19);
    // Two things each that it shares with enough others.
    expect(members.reduce((sum, count) => sum + count, 0)).toBe(2 * 50 - 2 - 2 * 7);
  });

  it('is not voided before all of its packs know', async () => {
    await stores.open().store(store, array);
    const failing = stores.openIntercepted((call, send) => {
      if (call.name === 'UpdateItem' && concerns(call, 'course-2')) throw connectionLost();
      return send();
    });
    await expect(failing.store(store, [voidingOf(uuidOf(7))])).rejects.toMatchObject({ code: 'overloaded' });
    await expectFoundBeside([]);
    const calls: string[] = [];
    const statements = stores.openIntercepted(async (call, send) => {
      calls.push(call.name);
      const output = await send().finally(() => calls.push(`${call.name} ended`));
      return output;
    });
    await statements.store(store, [voidingOf(uuidOf(7))]);
    const told = calls.lastIndexOf('UpdateItem ended');
    expect(calls.filter((name) => name === 'UpdateItem')).toHaveLength(4 + 2);
    expect(calls.indexOf('TransactWriteItems')).toBeGreaterThan(told);
    await expectFoundBeside([uuidOf(7)]);
  });

  it('is found as before when its voiding fails', async () => {
    await stores.open().store(store, array);
    const failing = stores.openIntercepted((call, send) => {
      if (call.name === 'TransactWriteItems') throw connectionLost();
      return send();
    });
    await expect(failing.store(store, [voidingOf(uuidOf(7))])).rejects.toMatchObject({ code: 'overloaded' });
    expect((await relatedPacks()).filter((item) => item['c'] !== undefined)).toHaveLength(2);
    await expectFoundBeside([]);
  });

  it.each([
    { written: 1, raised: 8 },
    { written: 8, raised: 16 },
    { written: 5, raised: 40 },
  ])('is found and voided when the number of shards was raised: %j', async ({ written, raised }) => {
    await stores.open({ shards: written }).store(store, array);
    const statements = stores.open({ shards: raised });
    await expectFoundBeside([], statements);
    await statements.store(store, [voidingOf(uuidOf(7))]);
    await expectFoundBeside([uuidOf(7)], statements);
    const told = (await relatedPacks()).filter((item) => item['c'] !== undefined);
    expect(told).toHaveLength(2);
  });
});

describe('what was stored before there were packs of related activities', () => {
  const array = lessons(50, 0);
  const ids = idsOf(array);

  it('is found and voided as before', async () => {
    const statements = stores.open();
    await statements.store(store, array);
    await replacePacks();
    await expectFound(statements, array, ids);
    const before = await relatedItems();
    await statements.store(store, [voidingOf(uuidOf(7))]);
    const related = await relatedItems();
    expect(related.filter((item) => item['sk']?.S?.endsWith('+') !== true)).toEqual(before);
    for (const name of ['lesson-1', 'course-2']) {
      expect(await walk(statements, { store, filters: by(name) })).not.toContain(uuidOf(7));
    }
    expect(await walk(statements, { store, filters: by('lesson-1') })).toContain(uuidOf(8));
  });
});

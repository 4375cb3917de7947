import { createHash } from 'node:crypto';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Visibility } from '#access/limits.ts';
import type { Item } from '#storage/dynamodb/attributes.ts';
import type { StatementFilters } from '#storage/statement-store.ts';
import { type Call, concerns, connectionLost } from '#test/support/faulty-client.ts';
import { aDraft, aReference, aVoiding, drafts, uuidOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { expectFullyIndexed, walk, type Walk } from '#test/support/statement-walk.ts';
import { anActivity, anAgent, anAnonymousGroup, ifiOfAgent } from '#test/support/statements.ts';
import type { Statement, StatementDraft } from '#xapi/statement/statement.ts';

const stores = await statementStores();
/** One that no other test uses. */
let store: string;

beforeEach(() => {
  store = stores.anotherStore();
});

const VERB = 'http://example.com/verbs/shared';
const REGISTRATION = uuidOf(0xaaa);
const COURSE = anActivity('course');
/** What the statements of an attempt mostly share: all that there are packs of, and a course and an instructor. */
const SHARED: Partial<Statement> = {
  actor: anAgent('ann'),
  verb: { id: VERB },
  object: anActivity('shared'),
  context: {
    registration: REGISTRATION,
    instructor: anAgent('bob'),
    contextActivities: { parent: [COURSE] },
  },
};
const FILTERS: readonly StatementFilters[] = [
  {},
  { agent: ifiOfAgent('ann') },
  { agent: ifiOfAgent('bob'), relatedAgents: true },
  { verb: VERB },
  { activity: anActivity('shared').id },
  { activity: COURSE.id, relatedActivities: true },
  { registration: REGISTRATION },
  { agent: ifiOfAgent('ann'), verb: VERB, activity: anActivity('shared').id },
  { since: 0, until: 8_000_000_000_000 },
];
const LIMITS: readonly Visibility[] = [
  { actor: ifiOfAgent('ann') },
  { registration: REGISTRATION },
  { verbs: [VERB] },
  { activity: anActivity('shared').id },
  { authority: ifiOfAgent('lms') },
];

/** Statements of one attempt. */
const attempt = (count: number, first: number): StatementDraft[] => drafts(count, first, () => SHARED);
const idsOf = (array: readonly StatementDraft[]): readonly string[] => array.map(({ id }) => id);

/** Compresses to more than an index row or a pack carries. */
const LONG_TEXT = Array.from({ length: 24 }, (_, index) => {
  return createHash('sha512').update(`${index}`).digest('base64');
}).join('');

/** Fails unless these are found, in this order, by all that the statements of an attempt share. */
async function expectFound(ids: readonly string[], limits = LIMITS): Promise<void> {
  const statements = stores.open();
  const asked = [
    ...FILTERS.map((filters) => ({ filters, visible: {} })),
    ...limits.map((visible) => ({ filters: {}, visible })),
  ];
  const wanted = new Set(ids);
  for (const { filters, visible } of asked) {
    for (const ascending of [true, false]) {
      const found = await walk(statements, { store, filters, visible, ascending, limit: 60 });
      const those = found.filter((id) => wanted.has(id) || Number.parseInt(id.slice(-12), 16) < 0x10000);
      expect({ filters, visible, ascending, those }).toEqual({
        filters,
        visible,
        ascending,
        those: ascending ? ids : ids.toReversed(),
      });
    }
  }
}

/** Voiding statements have ids of their own range. */
const voidingOf = (id: string): StatementDraft => aVoiding(uuidOf(0x10000 + Number.parseInt(id.slice(-12), 16)), id);

async function expectVoided(all: readonly string[], voided: readonly string[]): Promise<void> {
  await expectFound(all.filter((id) => !voided.includes(id)));
  for (const id of all) {
    expect(await stores.open().get(store, id)).toMatchObject({ id, voided: voided.includes(id) });
  }
}

/** All items of the store. */
async function itemsOfStore(): Promise<readonly Item[]> {
  const items: Item[] = [];
  const scan = {
    TableName: stores.tableName,
    FilterExpression: 'begins_with(pk, :store)',
    ExpressionAttributeValues: { ':store': { S: `${store}|` } },
  };
  for await (const page of paginateScan({ client: stores.sdk }, scan)) items.push(...(page.Items ?? []));
  return items;
}

function packsIn(items: readonly Item[]): Readonly<Record<string, number>> {
  const packs = items.filter((item) => item['z'] !== undefined);
  return Object.fromEntries(
    packs.map((item) => [item['pk']?.S?.split('|')[1]?.replace('pack-', '') ?? '', (item['m']?.B?.length ?? 0) / 19]),
  );
}

describe('an array of 50 that shares all that there are packs of', () => {
  it('is 50 statements, 5 packs, and an entry for each thing beside them', async () => {
    const array = attempt(50, 0);
    const calls: string[] = [];
    const statements = stores.openIntercepted((call, send) => {
      calls.push(call.name);
      return send();
    });
    // The authority is known from then on.
    await statements.store(store, [aDraft(uuidOf(0xfff))]);
    calls.length = 0;
    await statements.store(store, array);
    expect(calls).toEqual(['TransactWriteItems']);
    const items = await itemsOfStore();
    expect(packsIn(items)).toEqual({ actor: 50, verb: 50, activity: 50, time: 50, registration: 50 });
    // And the statement before, and the mark of the authority.
    expect(items).toHaveLength(50 + 5 + 2 + 2);
    const indexed = items.filter((item) => ['xa', 'xv', 'xo', 'xt', 'xr'].some((name) => item[name] !== undefined));
    expect(indexed).toHaveLength(1);
  });

  it('is read in few requests, with what its items bring', async () => {
    await stores.open().store(store, attempt(50, 0));
    for (const filters of FILTERS) {
      const { calls, items } = await readsOf({ filters, limit: 50 });
      expect(calls).toBeLessThanOrEqual(8);
      expect(items).toBeLessThanOrEqual(4);
    }
  });
});

/** What one page takes: requests, and items that they bring. */
async function readsOf(query: Walk & { readonly after?: string }) {
  let [calls, items] = [0, 0];
  const counted = stores.openIntercepted(async (_, send) => {
    const output = await send();
    calls += 1;
    items += itemsIn(output);
    return output;
  });
  const page = await counted.query({ store, filters: {}, ascending: false, limit: 50, maxBytes: 10_000_000, ...query });
  return { page, calls, items };
}

function itemsIn(output: unknown): number {
  if (typeof output !== 'object' || output === null) return 0;
  const items: unknown = Reflect.get(output, 'Items');
  if (Array.isArray(items)) return items.length;
  const responses: unknown = Reflect.get(output, 'Responses');
  const lists = typeof responses === 'object' && responses !== null ? Object.values(responses) : [];
  return lists.reduce((sum: number, list: unknown) => sum + (Array.isArray(list) ? list.length : 0), 0);
}

describe('what cannot be in a pack', () => {
  it('is found beside what is: large bodies, groups without a name, references', async () => {
    const array = attempt(40, 0).map(({ id, value }, index) => {
      if (index % 5 === 1) return aDraft(id, { ...value, result: { response: `${index}${LONG_TEXT}` } });
      if (index % 5 === 2) return aDraft(id, { ...value, actor: anAnonymousGroup('ann', 'cid') });
      if (index % 5 === 3) return aDraft(id, { ...value, object: { objectType: 'StatementRef', id: uuidOf(0) } });
      return aDraft(id, value);
    });
    await stores.open().store(store, array);
    await expectFound(idsOf(array), LIMITS.slice(1, 3));
    const packs = packsIn(await itemsOfStore());
    expect(packs).toEqual({ actor: 24, verb: 32, activity: 24, time: 32, registration: 32 });
    for (const { value } of array.slice(0, 5)) {
      const targets = value.object.objectType === 'StatementRef' ? [aDraft(uuidOf(0), SHARED).value] : [];
      await expectFullyIndexed(stores.open(), store, value, targets);
    }
  });

  it.each([3, 4])('is what fewer than four share: %i', async (count) => {
    await stores.open().store(store, attempt(count, 0));
    expect(Object.keys(packsIn(await itemsOfStore()))).toHaveLength(count < 4 ? 0 : 5);
    await expectFound(idsOf(attempt(count, 0)));
  });
});

describe.each([4, 49, 50, 51, 99, 100, 101, 150, 151])('an array of %i', (size) => {
  it('is found in its order, also when a part of it is there, and when its statements are voided', async () => {
    const statements = stores.open();
    const array = attempt(size, 0);
    const part = array.filter((_, index) => index % 2 === 1);
    await statements.store(store, part);
    const { results } = await statements.store(store, array);
    expect(results).toEqual(array.map((_, index) => (index % 2 === 1 ? 'replayed' : 'stored')));
    const ids = idsOf([...part, ...array.filter((_, index) => index % 2 === 0)]);
    await expectFound(ids);
    const voided = ids.filter((_, index) => index % 7 === 2);
    await statements.store(store, voided.map(voidingOf));
    await expectVoided(ids, voided);
  });
});

describe('a statement in packs', () => {
  const array = attempt(120, 0);
  const ids = idsOf(array);

  it('is voided by a statement alone', async () => {
    await stores.open().store(store, array.slice(0, 50));
    await stores.open().store(store, [voidingOf(uuidOf(7))]);
    await expectVoided(ids.slice(0, 50), [uuidOf(7)]);
  });

  it('is voided with many by an array, which asks for each pack once', async () => {
    await stores.open().store(store, array);
    const updates: Call[] = [];
    const statements = stores.openIntercepted((call, send) => {
      if (call.name === 'UpdateItem') updates.push(call);
      return send();
    });
    const voided = ids.slice(20, 80);
    await statements.store(store, voided.map(voidingOf));
    // Those of two sections.
    expect(updates).toHaveLength(10);
    await expectVoided(ids, voided);
  });

  it('is voided by an array that takes a journal', async () => {
    await stores.open().store(store, array);
    const voided = ids.slice(10, 100);
    await stores.open().store(store, [...voided.map(voidingOf), ...drafts(30, 0x20000)]);
    await expectVoided(ids, voided);
  });

  it('is voided before it comes, and with it', async () => {
    const [before, within] = [ids.slice(3, 9), ids.slice(60, 66)];
    await stores.open().store(store, before.map(voidingOf));
    await stores.open().store(store, [...array, ...within.map(voidingOf)]);
    await expectVoided(ids, [...before, ...within]);
  });

  it('is voided once, by many at once', async () => {
    await stores.open().store(store, array.slice(0, 50));
    const voided = ids.slice(10, 15);
    const writers = Array.from({ length: 20 }, (_, writer) => {
      return stores.open().store(
        store,
        voided.map((id, index) => aVoiding(uuidOf(0x30000 + writer * 10 + index), id)),
      );
    });
    await Promise.all(writers);
    await expectVoided(ids.slice(0, 50), voided);
  });

  it('is not touched when more are voided than one transaction takes', async () => {
    await stores.open().store(store, array);
    const calls: Call[] = [];
    const statements = stores.openIntercepted((call, send) => {
      calls.push(call);
      return send();
    });
    await expect(statements.store(store, ids.map(voidingOf))).rejects.toMatchObject({ code: 'request-too-large' });
    expect(calls.filter((call) => concerns(call, 'ADD c'))).toEqual([]);
    await expectVoided(ids, []);
  });

  it.each(['one transaction', 'a journal'])('is found as before when its voiding fails: %s', async (way) => {
    await stores.open().store(store, array.slice(0, 50));
    const failing = stores.openIntercepted((call, send) => {
      if (call.name === 'TransactWriteItems' && concerns(call, 'vb = ')) throw connectionLost();
      return send();
    });
    const voidings = ids.slice(5, 15).map(voidingOf);
    const rest = way === 'a journal' ? drafts(120, 0x20000) : [];
    await expect(failing.store(store, [...voidings, ...rest])).rejects.toMatchObject({ code: 'overloaded' });
    expect((await itemsOfStore()).filter((item) => item['c']?.NS?.length === 10)).toHaveLength(5);
    await expectVoided(ids.slice(0, 50), []);
    await stores.open().store(store, [...voidings, ...rest]);
    await expectVoided(ids.slice(0, 50), ids.slice(5, 15));
  });

  it('is what others refer to, and refers to others', async () => {
    const statements = stores.open();
    const references = drafts(10, 0x20000, () => ({
      ...SHARED,
      verb: { id: 'http://example.com/verbs/referred' },
      object: { objectType: 'StatementRef', id: uuidOf(5) },
    }));
    await statements.store(store, references);
    await statements.store(store, array.slice(0, 50));
    for (const { value } of references) await expectFullyIndexed(statements, store, value, [array[5]?.value ?? value]);
    await statements.store(store, [voidingOf(uuidOf(5))]);
    await expectVoided(ids.slice(0, 50), [uuidOf(5)]);
    expect(await walk(statements, { store, filters: { activity: anActivity('shared').id } })).toContain(
      uuidOf(0x20001),
    );
  });
});

describe('an array of 120 that is given up in the middle', () => {
  it.each([1, 2, 3])(
    'leaves nothing to be found, and is stored when it is sent again: transaction %i',
    async (last) => {
      let transactions = 0;
      const failing = stores.openIntercepted((call, send) => {
        transactions += call.name === 'TransactWriteItems' ? 1 : 0;
        if (call.name === 'TransactWriteItems' && transactions >= last) throw connectionLost();
        return send();
      });
      const array = attempt(120, 0);
      await expect(failing.store(store, array)).rejects.toMatchObject({ code: 'overloaded' });
      await expectFound([]);
      expect(packsIn(await itemsOfStore())).toEqual({});
      await stores.open().store(store, array);
      await expectFound(idsOf(array));
    },
  );
});

describe('an array of 5,000', () => {
  it('is read from its middle with few requests and items, by all that it shares', async () => {
    const array = attempt(5_000, 0);
    await stores.open({ commitBound: 60_000 }).store(store, array);
    const middle = await stores.open().get(store, uuidOf(2_525));
    for (const filters of FILTERS) {
      for (const ascending of [true, false]) {
        for (const limit of [3, 50]) {
          const { page, calls, items } = await readsOf({ filters, ascending, limit, after: middle?.at ?? '' });
          const ids = Array.from({ length: limit }, (_, index) => 2_525 + (index + 1) * (ascending ? 1 : -1));
          expect(page.statements.map(({ id }) => id)).toEqual(ids.map(uuidOf));
          const most = { calls: 10, items: 26 };
          expect({
            filters,
            ascending,
            limit,
            calls: Math.max(calls, most.calls),
            items: Math.max(items, most.items),
          }).toEqual({ filters, ascending, limit, ...most });
        }
      }
    }
  }, 60_000);
});

describe('walks over arrays, single statements and what they inherit', () => {
  it.each([1, 3, 50])(
    'skip and repeat nothing while others write: pages of %i',
    async (limit) => {
      const statements = stores.open({ shards: 2 });
      const known: StatementDraft[] = [];
      for (let round = 0; round < 4; round += 1) {
        const first = round * 0x100;
        const one = aDraft(uuidOf(first + 0x80), SHARED);
        const reference = aReference(uuidOf(first + 0x81), uuidOf(first + 3), { actor: anAgent('cid') });
        for (const part of [attempt(24, first), [one], [reference]]) {
          await statements.store(store, part);
          known.push(...part);
        }
      }
      const stop = new AbortController();
      const writer = async (number: number): Promise<void> => {
        for (let round = 0; !stop.signal.aborted && round < 8; round += 1) {
          await statements.store(store, attempt(12, 0x100000 * (number + 1) + round * 0x100));
        }
      };
      const writers = [0, 1].map(writer);
      const wanted = new Set(idsOf(known));
      for (const filters of limit === 1 ? FILTERS.slice(0, 3) : FILTERS) {
        for (const ascending of [true, false]) {
          const found = await walk(statements, { store, filters, ascending, limit });
          const some = found.filter((id) => wanted.has(id));
          expect(new Set(found).size).toBe(found.length);
          const those = ascending ? idsOf(known) : idsOf(known).toReversed();
          expect({ filters, ascending, some }).toEqual({ filters, ascending, some: those });
        }
      }
      stop.abort();
      await Promise.all(writers);
    },
    60_000,
  );
});

/** Lets calls through, but for transactions from this number on, which are lost. @returns what was sent. */
function recorded(from = Infinity) {
  const sent: Call[] = [];
  const statements = stores.openIntercepted((call, send) => {
    if (call.name !== 'TransactWriteItems') return send();
    sent.push(call);
    if (sent.length >= from) throw connectionLost();
    return send();
  });
  return { statements, sent };
}

async function sendAgain(sent: readonly Call[]): Promise<void> {
  for (const { input } of sent) {
    if (!('TransactItems' in input)) continue;
    await expect(stores.client.call('TransactWriteItems', input)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
    });
  }
}

describe('a transaction that is carried out once more, later', () => {
  it.each([50, 120])('changes nothing once the array is stored and voided in part: %i', async (size) => {
    const { statements, sent } = recorded();
    const array = attempt(size, 0);
    await statements.store(store, array);
    const voided = idsOf(array).slice(10, 20);
    await stores.open().store(store, voided.map(voidingOf));
    await sendAgain(sent);
    await expectVoided(idsOf(array), voided);
  });

  it('changes nothing when it is of an attempt that was given up, once another succeeded', async () => {
    const { statements, sent } = recorded(2);
    const array = attempt(120, 0);
    await expect(statements.store(store, array)).rejects.toMatchObject({ code: 'overloaded' });
    await stores.open().store(store, array);
    await sendAgain(sent);
    await expectFound(idsOf(array));
  });
});

describe('a limit to what a learner did', () => {
  it('takes no request past what others inherited from it', async () => {
    await stores.open().store(store, attempt(5, 0));
    const references = drafts(1_000, 0x20000, () => ({
      actor: anAgent('cid'),
      object: { objectType: 'StatementRef', id: uuidOf(0) },
    }));
    await stores.open({ commitBound: 60_000 }).store(store, references);
    const { page, calls, items } = await readsOf({ visible: { actor: ifiOfAgent('ann') } });
    expect(page.statements.map(({ id }) => id)).toEqual(idsOf(attempt(5, 0)).toReversed());
    expect(items).toBe(1);
    expect(calls).toBe(2);
  });
});

/** Puts one item in the place of those of a partition: pointers to all of an array, and no section. */
async function mergeEntries(pk: string): Promise<void> {
  const entries = (await itemsOfStore()).filter((item) => {
    return item['pk']?.S === pk && /^[0-9a-z]+$/u.test(item['sk']?.S ?? '') && item['z'] === undefined;
  });
  const members = entries
    .toSorted((one, other) => ((one['sk']?.S ?? '') < (other['sk']?.S ?? '') ? -1 : 1))
    .map((item) => ({ sk: item['sk']?.S ?? '', bytes: item['m']?.B ?? new Uint8Array() }))
    .filter(({ bytes }) => bytes.length > 19);
  expect(members).toHaveLength(4);
  for (const { sk } of members) {
    await stores.client.call('DeleteItem', { TableName: stores.tableName, Key: { pk: { S: pk }, sk: { S: sk } } });
  }
  const m = { B: Buffer.concat(members.map(({ bytes }) => bytes)) };
  const merged = { pk: { S: pk }, sk: { S: members[0]?.sk ?? '' }, m };
  await stores.client.call('PutItem', { TableName: stores.tableName, Item: merged });
}

describe('entries that an array had before it was cut into sections', () => {
  const course = { activity: COURSE.id, relatedActivities: true };
  const bob = { agent: ifiOfAgent('bob') };
  const array = drafts(160, 0, (index) => ({
    actor: index % 3 === 0 ? anAgent('ann') : anAnonymousGroup('bob', 'cid'),
    context: { contextActivities: { parent: [COURSE] } },
    // Some inherit what they have already.
    ...(index % 25 === 24 ? { object: { objectType: 'StatementRef', id: uuidOf(0x500) } } : {}),
  }));

  it('are read as before, in every order and from everywhere', async () => {
    const statements = stores.open();
    const target = aDraft(uuidOf(0x500), {
      actor: anAnonymousGroup('bob'),
      context: { contextActivities: { parent: [COURSE] } },
    });
    await statements.store(store, [target]);
    await statements.store(store, array);
    const parents = (await itemsOfStore()).map((item) => item['pk']?.S ?? '');
    const partitions = new Set(parents.filter((pk) => /\|related-activity\|.*course|\|agent\|.*bob@/u.test(pk)));
    expect(partitions.size).toBe(2);
    for (const pk of partitions) await mergeEntries(pk);
    const ofBob = array.filter((_, index) => index % 3 !== 0 || index % 25 === 24);
    for (const [filters, found] of [
      [course, [target, ...array]],
      [bob, [target, ...ofBob]],
    ] as const) {
      for (const limit of [1, 7, 60]) {
        const up = await walk(statements, { store, filters, ascending: true, limit });
        expect(up).toEqual(idsOf(found));
        expect(await walk(statements, { store, filters, ascending: false, limit })).toEqual(up.toReversed());
      }
    }
  });
});

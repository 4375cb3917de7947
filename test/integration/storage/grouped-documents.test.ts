import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Document, DocumentCondition, DocumentKey, DocumentScope } from '#storage/document-store.ts';
import { partitionOf } from '#storage/dynamodb/document-item.ts';
import { DynamoDbDocumentStore } from '#storage/dynamodb/document-store.ts';
import { DynamoDbError } from '#storage/dynamodb/dynamodb-error.ts';
import { bodyItemsContext, type TestContext } from '#test/support/body-items-context.ts';
import { connectionLost, type Interceptor } from '#test/support/faulty-client.ts';
import { ARRIVAL, heldWrites, LOST_TRANSACTIONS, unheardTransactions } from '#test/support/held-writes.ts';
import { seededRandom } from '#test/support/random.ts';

const SMALL = Buffer.from('{"page":1}');
const LARGE = Buffer.alloc(20_000, 'large');
const SEED = randomInt(2 ** 31);

let context: TestContext;
/** Each write is a call. */
let documents: DynamoDbDocumentStore;
let scope: DocumentScope;
let stores = 0;

beforeAll(async () => {
  context = await bodyItemsContext();
  documents = new DynamoDbDocumentStore(context);
});

beforeEach(() => {
  stores += 1;
  scope = { store: `store-${stores}`, resource: 'state', owner: ['https://course.example/', 'mbox|mailto:a@b.c'] };
});

const keyOf = (id: string): DocumentKey => ({ ...scope, id });
const aDocument = (etag: string, content: Uint8Array = SMALL): Document => ({
  contentType: 'application/json',
  content,
  etag,
  updated: 1_000,
});

type Outcome = boolean | string;
type Change = (store: DynamoDbDocumentStore) => Promise<boolean>;

const put =
  (id: string, etag: string, content: Uint8Array = SMALL, condition?: DocumentCondition): Change =>
  (store) =>
    store.put(keyOf(id), aDocument(etag, content), condition);

const remove =
  (id: string, condition?: DocumentCondition): Change =>
  (store) =>
    store.delete(keyOf(id), condition);

/** A store as on the laptop, whose first write waits at a gate, and the numbers of writes of its calls. */
function held(intercept?: Interceptor) {
  const line = heldWrites(intercept);
  return { ...line, store: new DynamoDbDocumentStore(context.asOnlyWriter(line.intercept)) };
}

/** Puts a document, and makes the changes while it is being written. @returns their outcomes, in that order */
async function changeTogether(
  { store, reached, open }: ReturnType<typeof held>,
  changes: readonly Change[],
): Promise<readonly Outcome[]> {
  const first = put('first', 'first')(store);
  await reached;
  const outcomes = changes.map((change) =>
    change(store).catch((error: unknown) =>
      error instanceof Error && 'code' in error ? String(error.code) : 'defect',
    ),
  );
  await sleep(ARRIVAL);
  open();
  expect(await first).toBe(true);
  return Promise.all(outcomes);
}

/** ETags of all documents but the first, by their ids; each has the content that was put with it. */
async function stored(): Promise<Readonly<Record<string, string>>> {
  const { ids } = await documents.list(scope);
  const found = await Promise.all(ids.map(async (id) => [id, (await documents.get(keyOf(id)))?.etag ?? '?'] as const));
  return Object.fromEntries(found.filter(([id]) => id !== 'first'));
}

/** The keys of the objects that items refer to, and of those that are there, in ascending order. */
async function objects(): Promise<{ readonly referred: readonly string[]; readonly present: readonly string[] }> {
  const { Items = [] } = await context.client.call('Query', {
    TableName: context.table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: partitionOf(scope) } },
    ConsistentRead: true,
  });
  const present = await context.objects();
  return {
    referred: Items.flatMap(({ o }) => o?.S ?? []).toSorted(),
    present: present.filter((key) => key.startsWith(`state/${scope.store}/`)),
  };
}

async function expectNoOtherObjects(count: number): Promise<void> {
  const { referred, present } = await objects();
  expect(present).toEqual(referred);
  expect(present).toHaveLength(count);
}

const all = (count: number, outcome: Outcome = true): readonly Outcome[] =>
  Array.from({ length: count }, () => outcome);

const numbered = (count: number, change: (id: string) => Change): readonly Change[] =>
  Array.from({ length: count }, (_, n) => change(`id ${n}`));

async function prepare(...changes: readonly Change[]): Promise<void> {
  for (const change of changes) expect(await change(documents)).toBe(true);
}

describe('documents that are put and deleted while one is being written', () => {
  it('wait, and go together in transactions', async () => {
    await prepare(...numbered(5, (id) => put(id, 'old')));
    const line = held();
    const changes = [...numbered(5, (id) => remove(id)), ...numbered(6, (id) => put(`new ${id}`, 'new'))];
    expect(await changeTogether(line, changes)).toEqual(all(11));
    expect(line.sizes).toEqual([1, 8, 3]);
    expect(Object.keys(await stored())).toEqual(Array.from({ length: 6 }, (_, n) => `new id ${n}`));
  });

  it('go alone and at once where none is being written', async () => {
    const line = held();
    line.open();
    for (const change of numbered(3, (id) => put(id, '1'))) await change(line.store);
    for (const change of numbered(2, (id) => remove(id))) await change(line.store);
    expect(line.sizes).toEqual([1, 1, 1, 1, 1]);
    expect(await stored()).toEqual({ 'id 2': '1' });
  });

  it('are deleted whether or not they are there', async () => {
    await prepare(put('there', '1'));
    const line = held();
    expect(await changeTogether(line, [remove('there'), remove('nowhere')])).toEqual(all(2));
    expect(line.sizes).toEqual([1, 2]);
    expect(await stored()).toEqual({});
  });

  it('go alone beside the others where their content is an object', async () => {
    const line = held();
    const changes = [...numbered(2, (id) => put(id, '1', LARGE)), ...numbered(3, (id) => put(`small ${id}`, '1'))];
    expect(await changeTogether(line, changes)).toEqual(all(5));
    expect(line.sizes).toEqual([1, 1, 1, 3]);
    expect((await documents.get(keyOf('id 1')))?.content.length).toBe(LARGE.length);
    await expectNoOtherObjects(2);
  });
});

describe('a document with an object that is replaced or deleted among others', () => {
  it('goes alone, and loses its object', async () => {
    await prepare(...numbered(4, (id) => put(id, 'old', LARGE)), put('small', 'old'));
    const line = held();
    const changes = [
      put('id 0', 'small', SMALL),
      put('new', 'new'),
      put('id 1', 'large', LARGE, { etag: 'old' }),
      remove('id 2'),
      put('small', 'large', LARGE),
      remove('id 3', { etag: 'old' }),
    ];
    expect(await changeTogether(line, changes)).toEqual(all(6));
    expect(line.sizes).toEqual([1, 1, 1, 4, 1, 1, 1, 1]);
    expect(await stored()).toEqual({ 'id 0': 'small', 'id 1': 'large', new: 'new', small: 'large' });
    await expectNoOtherObjects(2);
  });

  it('keeps its object when its condition does not hold, and what was to replace it goes', async () => {
    await prepare(put('large', 'old', LARGE));
    const line = held();
    const changes = [put('large', 'new', LARGE, { etag: 'other' }), put('another', 'new')];
    expect(await changeTogether(line, changes)).toEqual([false, true]);
    expect(await stored()).toEqual({ another: 'new', large: 'old' });
    await expectNoOtherObjects(1);
  });
});

describe('a condition among others', () => {
  it('is its own document’s only', async () => {
    await prepare(...numbered(4, (id) => put(id, 'old')));
    const changes = [
      put('id 0', 'new', SMALL, { etag: 'old' }),
      put('id 1', 'new', SMALL, { etag: 'other' }),
      put('new', 'new', SMALL, 'absent'),
      put('id 2', 'new', SMALL, 'absent'),
      remove('id 2', { etag: 'old' }),
      remove('id 3', { etag: 'other' }),
      remove('nowhere', { etag: 'old' }),
    ];
    expect(await changeTogether(held(), changes)).toEqual([true, false, true, false, true, false, false]);
    expect(await stored()).toEqual({ 'id 0': 'new', 'id 1': 'old', 'id 3': 'old', new: 'new' });
  });

  it('lets one of 100 writers win, however many others write other documents', async () => {
    await prepare(put('raced', 'old', LARGE));
    const { store, open } = held();
    open();
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        await put(`other ${n % 10}`, 'other', n % 3 === 0 ? LARGE : SMALL)(store);
        const condition = { etag: 'old' };
        return n % 4 === 0
          ? remove('raced', condition)(store)
          : put('raced', `${n}`, n % 2 === 0 ? LARGE : SMALL, condition)(store);
      }),
    );
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    const winner = outcomes.indexOf(true);
    expect((await documents.get(keyOf('raced')))?.etag).toBe(winner % 4 === 0 ? undefined : `${winner}`);
    const { referred, present } = await objects();
    expect(present).toEqual(referred);
  });

  it('lets one of 100 first writers win', async () => {
    const { store, open } = held();
    open();
    const writers = Array.from({ length: 100 }, (_, n) => put('raced', `${n}`, SMALL, 'absent')(store));
    const outcomes = await Promise.all(writers);
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(await stored()).toEqual({ raced: `${outcomes.indexOf(true)}` });
  });
});

describe('several changes of one document', () => {
  it(`are made in the order in which they came (seed ${SEED})`, async () => {
    const random = seededRandom(SEED);
    const pick = <Value>(values: readonly Value[]): Value | undefined => values[Math.floor(random() * values.length)];
    await prepare(put('a', 'large', LARGE), put('b', 'large', LARGE));
    const model = new Map([
      ['a', 'large'],
      ['b', 'large'],
    ]);
    const expected: boolean[] = [];
    const changes = Array.from({ length: 200 }, (_, n): Change => {
      const id = pick(['a', 'b', 'c', 'd', 'e']) ?? '';
      const current = model.get(id);
      const etag = random() < 0.7 ? (current ?? 'none') : 'other';
      const condition = pick<DocumentCondition>([undefined, undefined, 'absent', { etag }]);
      const holds = condition === undefined || (condition === 'absent' ? current === undefined : current === etag);
      const isRemoval = condition !== 'absent' && random() < 0.4;
      expected.push(holds);
      if (holds && isRemoval) model.delete(id);
      if (holds && !isRemoval) model.set(id, `${n}`);
      return isRemoval ? remove(id, condition) : put(id, `${n}`, SMALL, condition);
    });
    const line = held();
    expect(await changeTogether(line, changes)).toEqual(expected);
    expect(await stored()).toEqual(Object.fromEntries(model));
    expect(Math.max(...line.sizes)).toBeGreaterThan(1);
    await expectNoOtherObjects(0);
  });
});

/** Of every kind: large and small, in the place of something and of nothing. */
const changesOfAllKinds = (): readonly Change[] => [
  put('large', 'new', SMALL),
  put('small', 'new', SMALL),
  put('created', 'new', LARGE, 'absent'),
  put('matched', 'new', SMALL, { etag: 'old' }),
  put('unmatched', 'new', LARGE, { etag: 'other' }),
  remove('gone'),
  remove('gone large'),
  remove('nowhere'),
];

const BEFORE = (): readonly Change[] => [
  put('large', 'old', LARGE),
  put('small', 'old', SMALL),
  put('matched', 'old', SMALL),
  put('unmatched', 'old', LARGE),
  put('gone', 'old'),
  put('gone large', 'old', LARGE),
];

const AFTER = { created: 'new', large: 'new', matched: 'new', small: 'new', unmatched: 'old' };

const THROTTLED = new DynamoDbError('ThrottlingException', {});

describe('a transaction of several documents', () => {
  it.each([
    ...LOST_TRANSACTIONS,
    [
      'is throttled',
      (call, send) => (call.name === 'TransactWriteItems' ? Promise.reject(THROTTLED) : send()),
    ] satisfies [string, Interceptor],
  ])('%s: each change is made, by itself', async (_, intercept) => {
    await prepare(...BEFORE());
    const outcomes = await changeTogether(held(intercept), changesOfAllKinds());
    expect(outcomes).toEqual([true, true, true, true, false, true, true, true]);
    expect(await stored()).toEqual(AFTER);
    await expectNoOtherObjects(2);
  });

  it('is carried out unheard: a delete under a condition finds nothing, like one that is sent again', async () => {
    await prepare(put('alone', 'old'), put('one', 'old'), put('other', 'old'));
    const forgetful = new DynamoDbDocumentStore(context.forgetful());
    expect(await remove('alone', { etag: 'old' })(forgetful)).toBe(false);
    const changes = [remove('one', { etag: 'old' }), put('other', 'new', SMALL, { etag: 'old' })];
    expect(await changeTogether(held(unheardTransactions), changes)).toEqual([false, true]);
    expect(await stored()).toEqual({ other: 'new' });
    await expectNoOtherObjects(0);
  });

  it('fails with every one of them when nothing answers', async () => {
    await prepare(...BEFORE());
    const outcomes = await changeTogether(
      held(() => Promise.reject(connectionLost())),
      changesOfAllKinds(),
    );
    expect(outcomes).toEqual(all(8, 'overloaded'));
    expect(new Set(Object.values(await stored()))).toEqual(new Set(['old']));
    const { referred, present } = await objects();
    expect(present).toEqual(expect.arrayContaining([...referred]));
  });

  it('is sent again when its answer is lost: nothing is done twice or lost', async () => {
    await prepare(...BEFORE());
    const line = heldWrites();
    const store = new DynamoDbDocumentStore(context.asOnlyWriter(line.intercept, 'TransactWriteItems'));
    const changes = [
      put('created', 'new', SMALL, 'absent'),
      put('matched', 'new', SMALL, { etag: 'old' }),
      put('small', 'new', SMALL),
      remove('gone'),
    ];
    expect(await changeTogether({ ...line, store }, changes)).toEqual(all(4));
    expect(line.sizes.slice(0, 2)).toEqual([1, 4]);
    expect(await stored()).toMatchObject({ created: 'new', matched: 'new', small: 'new' });
    await expectNoOtherObjects(3);
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Document, DocumentKey, DocumentScope } from '#storage/document-store.ts';
import { DynamoDbDocumentStore } from '#storage/dynamodb/document-store.ts';
import { bodyItemsContext, type TestContext } from '#test/support/body-items-context.ts';
import { connectionLost } from '#test/support/faulty-client.ts';

const REGISTRATION = '0f0ab2b5-7f5e-4a6f-8a9b-0a3a4cdb91b4';
const SMALL = Buffer.from('{"page":1}');
const LARGE = Buffer.alloc(1024 * 1024, 'large');

let context: TestContext;
let documents: DynamoDbDocumentStore;
let scope: DocumentScope;
let owners = 0;

const aDocument = (etag: string, content: Uint8Array = SMALL, updated = 1_000): Document => ({
  contentType: 'application/json',
  content,
  etag,
  updated,
});

const keyOf = (id: string, overrides: Partial<DocumentKey> = {}): DocumentKey => ({ ...scope, id, ...overrides });

/** With an ETag that tells which content it belongs to. */
const putMarked = (content: Uint8Array): Promise<boolean> =>
  documents.put(keyOf('id'), aDocument(`"${content.length}"`, content), undefined);

const count = (outcomes: readonly boolean[]): number => outcomes.filter(Boolean).length;

beforeAll(async () => {
  context = await bodyItemsContext();
  documents = new DynamoDbDocumentStore(context);
});

beforeEach(() => {
  owners += 1;
  scope = { store: 'default', resource: 'state', owner: [`https://course.example/${owners}`, 'mbox|mailto:a@b.c'] };
});

describe('a document', () => {
  it.each([
    ['text', SMALL],
    ['nothing', new Uint8Array()],
    ['bytes of every value', Uint8Array.from({ length: 256 }, (_, byte) => byte)],
    ['the most that fits its item', Buffer.alloc(16 * 1024, 1)],
    ['one byte more', Buffer.alloc(16 * 1024 + 1, 1)],
    ['a megabyte', LARGE],
  ])('is given back as it was put: %s', async (_, content) => {
    await documents.put(keyOf('id'), aDocument('"1"', content), undefined);
    const found = await documents.get(keyOf('id'));
    expect(found).toMatchObject({ contentType: 'application/json', etag: '"1"', updated: 1_000 });
    expect(Buffer.from(found?.content ?? []).equals(content)).toBe(true);
  });

  it.each([
    ['a separator', 'a|b'],
    ['a separator, encoded', 'a%7cb'],
    ['a percent sign', '100%'],
    ['NUL', 'a\u0000b'],
    ['10,000 characters', 'x'.repeat(10_000)],
    ['10,000 characters with another end', `${'x'.repeat(9_999)}y`],
    ['a lone surrogate', '\uD800'],
    ['another lone surrogate', '\uD801'],
    ['the replacement character', '\uFFFD'],
    ['nothing', ''],
  ])('has an id of any kind: %s', async (_, id) => {
    const [shared, updated] = [{ owner: ['https://course.example/ids', 'openid|x'] }, id.length];
    await documents.put(keyOf(id, shared), aDocument('"1"', Buffer.from(id), updated), 'absent');
    expect((await documents.get(keyOf(id, shared)))?.updated).toBe(updated);
    expect((await documents.list({ ...scope, ...shared })).ids).toContain(id);
  });

  it('is refused when its id does not fit into an item', async () => {
    const put = documents.put(keyOf('x'.repeat(200_000)), aDocument('"1"', LARGE), undefined);
    await expect(put).rejects.toMatchObject({ code: 'request-too-large' });
    expect(await documents.get(keyOf('x'.repeat(200_000)))).toBeUndefined();
  });

  it('takes one request to write, to read and to delete', async () => {
    context.requests();
    await documents.put(keyOf('id'), aDocument('"1"'), undefined);
    expect(context.requests()).toBe(1);
    await documents.get(keyOf('id'));
    expect(context.requests()).toBe(1);
    await documents.delete(keyOf('id'), undefined);
    expect(context.requests()).toBe(1);
  });

  it('is nobody else’s', async () => {
    await documents.put(keyOf('id'), aDocument('"1"'), undefined);
    const others: readonly Partial<DocumentKey>[] = [
      { store: 'other' },
      { resource: 'agent-profile' },
      { owner: [scope.owner.join('|')] },
      { registration: REGISTRATION },
    ];
    for (const other of others) {
      expect(await documents.get(keyOf('id', other))).toBeUndefined();
      await documents.deleteAll({ ...scope, ...other });
    }
    expect(await documents.get(keyOf('id'))).toBeDefined();
  });
});

describe('a condition', () => {
  it('lets one of 100 writers with the same ETag win', async () => {
    await documents.put(keyOf('id'), aDocument('"0"'), undefined);
    const writers = Array.from({ length: 100 }, (_, n) => `"writer ${n}"`);
    const outcomes = await Promise.all(
      writers.map((etag, n) => documents.put(keyOf('id'), aDocument(etag, n % 2 ? LARGE : SMALL), { etag: '"0"' })),
    );
    expect(count(outcomes)).toBe(1);
    const found = await documents.get(keyOf('id'));
    expect(found?.etag).toBe(writers[outcomes.indexOf(true)]);
    expect(found?.content.length).toBe(outcomes.indexOf(true) % 2 ? LARGE.length : SMALL.length);
  });

  it('lets one of many first writers win', async () => {
    const writers = Array.from({ length: 20 }, (_, n) => documents.put(keyOf('id'), aDocument(`"${n}"`), 'absent'));
    expect(count(await Promise.all(writers))).toBe(1);
  });

  it('lets either a writer or a deleter of the same ETag win', async () => {
    for (let round = 0; round < 10; round += 1) {
      await documents.put(keyOf('id'), aDocument('"0"'), undefined);
      const [written, deleted] = await Promise.all([
        documents.put(keyOf('id'), aDocument('"1"', LARGE), { etag: '"0"' }),
        documents.delete(keyOf('id'), { etag: '"0"' }),
      ]);
      expect(written).toBe(!deleted);
      expect((await documents.get(keyOf('id')))?.etag).toBe(written ? '"1"' : undefined);
    }
  });

  it('keeps a delete from what has changed, and demands something to delete', async () => {
    await documents.put(keyOf('id'), aDocument('"1"'), undefined);
    expect(await documents.delete(keyOf('id'), { etag: '"0"' })).toBe(false);
    expect(await documents.delete(keyOf('id'), { etag: '"1"' })).toBe(true);
    expect(await documents.delete(keyOf('id'), { etag: '"1"' })).toBe(false);
    expect(await documents.delete(keyOf('id'), undefined)).toBe(true);
  });

  it.each([
    ['small', SMALL],
    ['large', LARGE],
  ])('does not fail on the writer’s own %s document when an answer was lost', async (_, content) => {
    const forgetful = new DynamoDbDocumentStore(context.forgetful());
    expect(await forgetful.put(keyOf('id'), aDocument('"1"', content), 'absent')).toBe(true);
    const replacing = new DynamoDbDocumentStore(context.forgetful());
    expect(await replacing.put(keyOf('id'), aDocument('"2"', content), undefined)).toBe(true);
    expect((await documents.get(keyOf('id')))?.content.length).toBe(content.length);
  });
});

describe('the object of a large document', () => {
  it('goes with its document', async () => {
    const other = await bodyItemsContext();
    const store = new DynamoDbDocumentStore(other);
    await store.put(keyOf('id'), aDocument('"1"', LARGE), undefined);
    await store.put(keyOf('id'), aDocument('"2"', LARGE), undefined);
    expect(await other.objects()).toHaveLength(1);
    expect(await store.put(keyOf('id'), aDocument('"3"', LARGE), { etag: '"1"' })).toBe(false);
    expect(await other.objects()).toHaveLength(1);
    await store.put(keyOf('id'), aDocument('"4"', SMALL), undefined);
    expect(await other.objects()).toEqual([]);
    await store.put(keyOf('id'), aDocument('"5"', LARGE), undefined);
    await store.delete(keyOf('id'), undefined);
    expect(await other.objects()).toEqual([]);
    await store.put(keyOf('id'), aDocument('"6"', LARGE), undefined);
    await store.deleteAll(scope);
    expect(await other.objects()).toEqual([]);
  });

  it('is always there for a reader while writers replace it', async () => {
    await putMarked(LARGE);
    const seen: (Document | undefined)[] = [];
    const read = async (): Promise<void> => {
      for (let n = 0; n < 40; n += 1) seen.push(await documents.get(keyOf('id')));
    };
    const write = async (): Promise<void> => {
      for (let n = 0; n < 20; n += 1) await putMarked(n % 3 === 0 ? SMALL : LARGE);
    };
    await Promise.all([write(), read(), read()]);
    expect(seen.filter((found) => found?.etag !== `"${found?.content.length}"`)).toEqual([]);
  });
});

const idsIn = async (...args: Parameters<typeof documents.list>): Promise<readonly string[]> =>
  (await documents.list(...args)).ids;

describe('a listing', () => {
  beforeEach(async () => {
    await documents.put(keyOf('b'), aDocument('"1"', SMALL, 1_000), undefined);
    await documents.put(keyOf('a'), aDocument('"1"', SMALL, 2_000), undefined);
    await documents.put(keyOf('c', { registration: REGISTRATION }), aDocument('"1"', LARGE, 3_000), undefined);
    await documents.put(keyOf('a', { registration: REGISTRATION }), aDocument('"1"', SMALL, 4_000), undefined);
  });

  it('holds every id once, in ascending order', async () => {
    expect(await idsIn(scope)).toEqual(['a', 'b', 'c']);
  });

  it('holds the documents of one registration (xAPI 1.0.3, Communication 2.3)', async () => {
    expect(await idsIn({ ...scope, registration: REGISTRATION })).toEqual(['a', 'c']);
  });

  it('holds what was updated after `since`', async () => {
    expect(await idsIn(scope, 2_000)).toEqual(['a', 'c']);
    expect(await idsIn({ ...scope, registration: REGISTRATION }, 3_000)).toEqual(['a']);
    expect(await idsIn(scope, 4_000)).toEqual([]);
  });

  it('tells when the last of its documents was changed (xAPI 1.0.3, Communication 2.2)', async () => {
    expect(await documents.list(scope)).toMatchObject({ updated: 4_000 });
    expect(await documents.list({ ...scope, registration: REGISTRATION }, 3_000)).toMatchObject({ updated: 4_000 });
    expect(await documents.list(scope, 4_000)).toEqual({ ids: [], updated: undefined });
  });

  it('is emptied by the deletion of all, of one registration or of every one', async () => {
    await documents.deleteAll({ ...scope, registration: REGISTRATION });
    expect(await idsIn(scope)).toEqual(['a', 'b']);
    await documents.put(keyOf('c', { registration: REGISTRATION }), aDocument('"1"', LARGE), undefined);
    await documents.deleteAll(scope);
    expect(await idsIn(scope)).toEqual([]);
  });

  it('goes through every page, and so does the deletion', async () => {
    const ids = Array.from({ length: 150 }, (_, n) => `page ${String(n).padStart(3, '0')}`);
    const content = Buffer.alloc(16 * 1024, 'x');
    await Promise.all(ids.map((id) => documents.put(keyOf(id), aDocument('"1"', content), undefined)));
    context.requests();
    expect(await idsIn(scope)).toEqual(['a', 'b', 'c', ...ids]);
    expect(context.requests()).toBeGreaterThan(1);
    await documents.deleteAll(scope);
    expect(await idsIn(scope)).toEqual([]);
  });

  it('is not deleted any further once the deletion of all has failed', async () => {
    const ids = Array.from({ length: 50 }, (_, n) => `id ${String(n).padStart(2, '0')}`);
    await Promise.all(ids.map((id) => documents.put(keyOf(id), aDocument('"1"'), undefined)));
    let batches = 0;
    const failing = context.asOnlyWriter(async ({ name, input }, send) => {
      if (name !== 'BatchWriteItem') return send();
      batches += 1;
      if (batches === 1) throw connectionLost();
      return batches === 2 && 'RequestItems' in input ? { UnprocessedItems: input.RequestItems } : send();
    });
    const deleting = new DynamoDbDocumentStore(failing).deleteAll(scope);
    await expect(deleting).rejects.toMatchObject({ code: 'overloaded' });
    await Promise.all(ids.map((id) => documents.put(keyOf(id), aDocument('"2"'), undefined)));
    await sleep(200);
    expect(await idsIn(scope)).toEqual(expect.arrayContaining(ids));
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import type { ObjectStore } from '#storage/object-store.ts';
import type { ObjectAnswer, ObjectExchange, ObjectRequest } from '#storage/s3/bucket.ts';
import { S3ObjectStore } from '#storage/s3/object-store.ts';
import { S3Error } from '#storage/s3/s3-error.ts';
import { freshBucket } from '#test/support/engine.ts';
import type { FreshBucket } from '#test/support/engine.ts';

let fresh: FreshBucket;
let objects: ObjectStore;

beforeAll(async () => {
  fresh = await freshBucket();
  objects = new S3ObjectStore(fresh.bucket, fresh.name);
});

describe('S3ObjectStore', () => {
  it('says how others name its objects', () => {
    expect(objects.root).toBe(`s3://${fresh.name}/`);
  });

  it('writes, gives back and deletes an object', async () => {
    expect(await objects.get('plain')).toBeUndefined();
    await objects.put('plain', Buffer.from('one'));
    const first = await objects.get('plain');
    await objects.put('plain', Buffer.from('two'));
    const second = await objects.get('plain');
    expect([text(first?.content), text(second?.content)]).toEqual(['one', 'two']);
    expect(first?.etag).toMatch(/^"[0-9a-f]{32}"$/u);
    expect(second?.etag).not.toBe(first?.etag);
    await objects.delete('plain');
    await objects.delete('plain');
    expect(await objects.get('plain')).toBeUndefined();
  });

  it('keeps 40 MB', async () => {
    const content = Buffer.alloc(40_000_000, 'large ');
    await objects.put('large', content);
    const got = await objects.get('large');
    expect(content.equals(got?.content ?? Buffer.alloc(0))).toBe(true);
    expect(text(await objects.getRange('large', 39_999_996, 50_000_000))).toBe('larg');
  });

  it.each([
    [0, 3, 'abc'],
    [4, 6, 'ef'],
    [4, 99, 'efg'],
    [7, 99, ''],
    [2, 2, ''],
  ])('gives the bytes from %i to %i', async (start, end, bytes) => {
    await objects.put('ranged', Buffer.from('abcdefg'));
    expect(text(await objects.getRange('ranged', start, end))).toBe(bytes);
  });

  it('gives no bytes of an empty object, and nothing of one that is not there', async () => {
    await objects.put('empty', Buffer.alloc(0));
    expect(await objects.getRange('empty', 0, 10)).toEqual(new Uint8Array());
    expect(await objects.getRange('missing', 0, 10)).toBeUndefined();
    expect(await objects.getRange('missing', 3, 3)).toBeUndefined();
  });
});

describe('S3ObjectStore replace', () => {
  it('writes where nothing is, once', async () => {
    expect(await objects.replace('new', Buffer.from('one'), undefined)).toBe(true);
    expect(await objects.replace('new', Buffer.from('two'), undefined)).toBe(false);
    expect(text((await objects.get('new'))?.content)).toBe('one');
  });

  it('writes over what was seen, and over nothing else', async () => {
    await objects.put('seen', Buffer.from('one'));
    const seen = (await objects.get('seen'))?.etag;
    expect(await objects.replace('seen', Buffer.from('two'), seen)).toBe(true);
    expect(await objects.replace('seen', Buffer.from('three'), seen)).toBe(false);
    await objects.delete('seen');
    expect(await objects.replace('seen', Buffer.from('four'), seen)).toBe(false);
    expect(await objects.get('seen')).toBeUndefined();
  });

  it('lets one of two win who write the same', async () => {
    const outcomes = await Promise.all([
      objects.replace('same', Buffer.from('content'), undefined),
      objects.replace('same', Buffer.from('content'), undefined),
    ]);
    expect(outcomes.toSorted()).toEqual([false, true]);
  });

  it('loses nothing of 50 who count at the same time', async () => {
    const increment = async (): Promise<void> => {
      const found = await objects.get('counter');
      const next = Number(text(found?.content) ?? 0) + 1;
      if (!(await objects.replace('counter', Buffer.from(String(next)), found?.etag))) await increment();
    };
    await Promise.all(Array.from({ length: 50 }, increment));
    expect(text((await objects.get('counter'))?.content)).toBe('50');
  });

  it('writes over no object that somebody deletes and makes at the same time', async () => {
    await objects.put('moving', Buffer.from('0'));
    const seen = (await objects.get('moving'))?.etag ?? '';
    const [won] = await Promise.all([
      Promise.all(Array.from({ length: 10 }, (_, index) => objects.replace('moving', Buffer.from(`a${index}`), seen))),
      objects.delete('moving'),
      objects.replace('moving', Buffer.from('b'), undefined),
    ]);
    expect(won.filter(Boolean).length).toBeLessThanOrEqual(1);
  });

  it('knows its own write again when the answer to it was lost', async () => {
    let losses = 0;
    const forgetful: ObjectExchange = {
      exchange: async (request) => {
        if (request.method === 'PUT') {
          await fresh.bucket.exchange(request);
          losses += 1;
        }
        return fresh.bucket.exchange(request);
      },
    };
    const store = new S3ObjectStore(forgetful, fresh.name);
    expect(await store.replace('lost', Buffer.from('one'), undefined)).toBe(true);
    const seen = (await store.get('lost'))?.etag;
    expect(await store.replace('lost', Buffer.from('two'), seen)).toBe(true);
    expect(losses).toBe(2);
    expect(text((await objects.get('lost'))?.content)).toBe('two');
  });

  it('takes an object for gone that is deleted before it can be looked at', async () => {
    const store = new S3ObjectStore(answering([412, 'PreconditionFailed'], [404, '']), 'bucket');
    expect(await store.replace('a', Buffer.from('x'), '"seen"')).toBe(false);
  });

  it('tries again while others are in the way', async () => {
    const conflict = [409, 'ConditionalRequestConflict'] as const;
    const store = new S3ObjectStore(answering(conflict, conflict), 'bucket');
    expect(await store.replace('a', Buffer.from('x'), undefined)).toBe(true);
  });

  it('says `overloaded` when S3 is, and throws what is a defect', async () => {
    const busy = new S3ObjectStore(answering([503, 'SlowDown']), 'bucket');
    await expect(busy.replace('a', Buffer.from('x'), undefined)).rejects.toMatchObject({ code: 'overloaded' });
    const denied = new S3ObjectStore(answering([403, 'AccessDenied']), 'bucket');
    await expect(denied.replace('a', Buffer.from('x'), undefined)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('S3ObjectStore list', () => {
  it('gives every object with a prefix, in order, over many pages', async () => {
    const keys = Array.from({ length: 25 }, (_, index) => `list/${String(index).padStart(2, '0')} ü & <b>'"+`);
    await Promise.all([...keys, 'lis/x', 'listing'].map((key) => objects.put(key, Buffer.from(key))));
    const paged: ObjectExchange = {
      exchange: (request) => fresh.bucket.exchange({ ...request, query: { ...request.query, 'max-keys': '10' } }),
    };
    const store = new S3ObjectStore(paged, fresh.name);
    const found = await Array.fromAsync(store.list('list/'));
    expect(found.map(({ key }) => key)).toEqual(keys);
    expect(found[0]?.size).toBe(Buffer.byteLength(keys[0] ?? ''));
    expect(Math.abs(Date.now() - (found[0]?.modified ?? 0))).toBeLessThan(60_000);
    const rest = await Array.fromAsync(store.list('list/', keys[11]));
    expect(rest.map(({ key }) => key)).toEqual(keys.slice(12));
    expect(await Array.fromAsync(store.list('nothing/'))).toEqual([]);
    expect((await Array.fromAsync(store.list('list'))).map(({ key }) => key)).toEqual([...keys, 'listing']);
  });
});

/** S3 that gives these answers, and then success. */
function answering(...answers: readonly (readonly [status: number, code: string])[]): ObjectExchange {
  const left = [...answers];
  return {
    exchange: async (_request: ObjectRequest): Promise<ObjectAnswer> => {
      const answer = left.shift();
      if (answer === undefined) return { headers: {}, body: new Uint8Array() };
      throw new S3Error(answer[0], undefined, `<Code>${answer[1]}</Code>`);
    },
  };
}

function text(content: Uint8Array | undefined): string | undefined {
  return content && Buffer.from(content).toString();
}

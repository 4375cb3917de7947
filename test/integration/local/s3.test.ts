import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, readlink, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { ListObjectsV2CommandOutput, PutObjectCommandInput } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startS3 } from '#local/s3/server.ts';
import type { HiddenServer } from '#local/hidden-server.ts';
import { ENGINE_ACCESS } from '#test/support/engine.ts';

const BUCKET = 'contract';
/** Of this process, each a link to a file; only Linux has it. */
const DESCRIPTORS = '/proc/self/fd';
const CONTENT = Buffer.from('Grüße, a little content');

let directory: string;
let server: HiddenServer;
let s3: S3Client;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lrs-s3-'));
  server = await startS3({ directory });
  s3 = clientOf(server);
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
});

afterAll(async () => {
  s3.destroy();
  await server.stop();
  await rm(directory, { recursive: true });
});

describe('S3 put and get', () => {
  it('gives back content, content type, metadata and entity tag', async () => {
    const put = await write('plain', { ContentType: 'text/x-test', Metadata: { origin: 'here' } });
    const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'plain' }));
    expect(await got.Body?.transformToByteArray()).toEqual(new Uint8Array(CONTENT));
    expect(got).toMatchObject({
      ContentType: 'text/x-test',
      Metadata: { origin: 'here' },
      ContentLength: CONTENT.length,
      ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/u),
    });
    expect(put.ETag).toBe(got.ETag);
  });

  it('gives an object another entity tag whenever it is written, also with the same content', async () => {
    const first = await write('tagged');
    const second = await write('tagged');
    expect(second.ETag).not.toBe(first.ETag);
    const head = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'tagged' }));
    expect(head.ETag).toBe(second.ETag);
  });

  it('keeps no file of headers for an object of bytes', async () => {
    const put = async (contentType: string): Promise<number> => {
      const headers = { 'content-type': contentType };
      const { status } = await fetch(`${server.endpoint}/${BUCKET}/bytes/1`, { method: 'PUT', headers, body: CONTENT });
      return status;
    };
    const kept = async (): Promise<number> => (await readdir(join(directory, '.headers', BUCKET, 'bytes'))).length;
    expect([await put('text/x-test'), await kept()]).toEqual([200, 1]);
    expect([await put('application/octet-stream'), await kept()]).toEqual([200, 0]);
    const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'bytes/1' }));
    expect(got.ContentType).toBe('application/octet-stream');
  });

  it('gives whole objects, content and type of one write, while they are replaced', async () => {
    const kinds = ['application/octet-stream', 'text/x-test'];
    const replace = async (index: number): Promise<void> => {
      const type = kinds[index % 2] ?? '';
      const headers = { 'content-type': type };
      await fetch(`${server.endpoint}/${BUCKET}/moving`, { method: 'PUT', headers, body: type.repeat(1_000) });
    };
    await replace(0);
    const wrong: unknown[] = [];
    const reading = async (): Promise<void> => {
      const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'moving' }));
      const text = await got.Body?.transformToString();
      if (text !== got.ContentType?.repeat(1_000)) wrong.push([got.ContentType, text?.slice(0, 30)]);
    };
    for (let index = 0; index < 40; index += 1) await Promise.all([replace(index), reading(), reading(), reading()]);
    expect(wrong).toEqual([]);
  });

  it('gives an object that another program has put there', async () => {
    await write('foreign');
    const file = join(directory, BUCKET, 'foreign');
    await writeFile(file, 'put here');
    // An object is told from another of the same key by the millisecond of its last change, which a system may count by tens.
    await utimes(file, new Date(), new Date(Date.now() + 1_000));
    const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'foreign' }));
    expect(await got.Body?.transformToString()).toBe('put here');
  });

  it('takes streams, which the SDK sends in chunks with a trailing checksum', async () => {
    const content = Buffer.alloc(300_000, 'stream ');
    const chunks = Array.from({ length: 30 }, (_, index) => content.subarray(index * 10_000, (index + 1) * 10_000));
    await write('streamed', { Body: Readable.from(chunks), ContentLength: content.length });
    const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'streamed', ChecksumMode: 'ENABLED' }));
    expect(got.ChecksumCRC32).toBeDefined();
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(content);
  });

  it('says nothing of a client that leaves before the end', async () => {
    const told = vi.spyOn(console, 'error').mockReturnValue();
    await write('left', { Body: Buffer.alloc(5_000_000, 1) });
    const left = request(`${server.endpoint}/${BUCKET}/left`).end();
    const [response] = await once(left, 'response');
    await once(response, 'readable');
    left.destroy();
    await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'left' }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(told.mock.calls).toEqual([]);
    told.mockRestore();
  });

  it.skipIf(!existsSync(DESCRIPTORS))('leaves no file open when the headers of an object cannot be read', async () => {
    const told = vi.spyOn(console, 'error').mockReturnValue();
    await write('torn/object', { ContentType: 'text/x-test' });
    const folder = join(directory, '.headers', BUCKET, 'torn');
    for (const name of await readdir(folder)) await writeFile(join(folder, name), '{"content-ty');
    for (let count = 0; count < 10; count += 1) {
      await expect(fetch(`${server.endpoint}/${BUCKET}/torn/object`)).rejects.toThrow('fetch failed');
    }
    expect(told).toHaveBeenCalled();
    told.mockRestore();
    expect(await openFilesBelow(join(directory, BUCKET, 'torn'))).toEqual([]);
  });

  it('keeps 5 MB and nothing at all', async () => {
    for (const size of [5_000_000, 0]) {
      await write('sized', { Body: Buffer.alloc(size, 1) });
      const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'sized' }));
      expect((await got.Body?.transformToByteArray())?.length).toBe(size);
    }
  });

  it('replaces an object and its headers', async () => {
    await write('replaced', { Body: 'one', ContentType: 'text/one' });
    await write('replaced', { Body: 'two', ContentType: 'text/two' });
    const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'replaced' }));
    expect(got.ContentType).toBe('text/two');
    expect(await got.Body?.transformToString()).toBe('two');
  });

  it.each([
    ['bytes=0-3', 'Gr\u00fc', 'bytes 0-3/25'],
    ['bytes=19-', 'ontent', 'bytes 19-24/25'],
    ['bytes=-7', 'content', 'bytes 18-24/25'],
  ])('gives the range %s', async (Range, text, contentRange) => {
    await write('ranged');
    const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'ranged', Range }));
    expect(await got.Body?.transformToString()).toBe(text);
    expect(got).toMatchObject({ ContentRange: contentRange, $metadata: { httpStatusCode: 206 } });
  });

  it('refuses a range behind the end', async () => {
    await write('ranged');
    const get = new GetObjectCommand({ Bucket: BUCKET, Key: 'ranged', Range: 'bytes=99-' });
    await expect(s3.send(get)).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  it('tells size and type without the content', async () => {
    await write('head', { ContentType: 'text/x-test' });
    const head = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'head' }));
    expect(head).toMatchObject({ ContentLength: CONTENT.length, ContentType: 'text/x-test' });
  });
});

describe('S3 checksums', () => {
  it('accepts right ones', async () => {
    await write('checked', { ChecksumSHA256: digest('sha256', CONTENT) });
    await write('checked', { ChecksumAlgorithm: 'SHA1' });
    await write('checked', { ContentMD5: digest('md5', CONTENT) });
    await expect(write('checked')).resolves.toMatchObject({ ChecksumCRC32: expect.any(String) });
  });

  it.each<[string, Partial<PutObjectCommandInput>]>([
    ['CRC32', { ChecksumCRC32: 'AAAAAA==' }],
    ['SHA-256', { ChecksumSHA256: digest('sha256', 'other') }],
    ['MD5', { ContentMD5: digest('md5', 'other') }],
  ])('rejects a wrong %s and stores nothing', async (_, input) => {
    await expect(write('wrong', input)).rejects.toMatchObject({ name: 'BadDigest' });
    const head = new HeadObjectCommand({ Bucket: BUCKET, Key: 'wrong' });
    await expect(s3.send(head)).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('rejects an algorithm that it cannot check', async () => {
    await expect(write('crc64', { ChecksumAlgorithm: 'CRC32C' })).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});

describe('S3 conditional writes', () => {
  it('create an object once, also when many try at the same moment', async () => {
    const attempts = Array.from({ length: 20 }, (_, index) =>
      write('once', { Body: `writer ${index}`, IfNoneMatch: '*' }).then(
        () => 'created',
        (error: unknown) => (error instanceof Error ? error.name : error),
      ),
    );
    const outcomes = await Promise.all(attempts);
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'PreconditionFailed')).toHaveLength(19);
  });

  it('replace the object with an entity tag, and one of many who have seen it', async () => {
    const { ETag } = await write('matched', { Body: 'seen' });
    const attempts = Array.from({ length: 20 }, (_, index) =>
      write('matched', { Body: `writer ${index}`, IfMatch: ETag }).then(
        () => 'replaced',
        (error: unknown) => (error instanceof Error ? error.name : error),
      ),
    );
    const outcomes = await Promise.all(attempts);
    expect(outcomes.filter((outcome) => outcome === 'replaced')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'PreconditionFailed')).toHaveLength(19);
  });

  it('take a tag without quotes, too', async () => {
    const { ETag } = await write('unquoted', { Body: 'seen' });
    await expect(write('unquoted', { IfMatch: ETag?.replaceAll('"', '') })).resolves.toBeDefined();
  });

  it('find no object to replace where none is', async () => {
    await expect(write('unseen', { IfMatch: '"x"' })).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it.each([{ IfMatch: '*' }, { IfMatch: '"x", "y"' }, { IfNoneMatch: '"x"' }, { IfMatch: '"x"', IfNoneMatch: '*' }])(
    'of another kind are refused rather than ignored: %j',
    async (condition) => {
      await expect(write('once', condition)).rejects.toMatchObject({ name: 'NotImplemented' });
    },
  );
});

describe('S3 delete', () => {
  it('removes an object, and succeeds when there is none', async () => {
    await write('deleted');
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const gone = await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'deleted' }));
      expect(gone.$metadata.httpStatusCode).toBe(204);
    }
    const get = new GetObjectCommand({ Bucket: BUCKET, Key: 'deleted' });
    await expect(s3.send(get)).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

describe('S3 list', () => {
  const keys = Array.from({ length: 25 }, (_, index) => `list/${String(index).padStart(2, '0')} ü & <b>`);

  it('gives every key once, in order, page by page', async () => {
    await Promise.all([...keys, 'other/1'].map((key) => write(key)));
    const seen: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const page: ListObjectsV2CommandOutput = await s3.send(
        new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'list/', MaxKeys: 10, ContinuationToken: token }),
      );
      seen.push(...(page.Contents ?? []).map(({ Key }) => Key));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    expect(seen).toEqual(keys);
  });

  it('starts behind a key', async () => {
    const list = new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'list/', StartAfter: keys[22] });
    const { Contents, KeyCount, IsTruncated } = await s3.send(list);
    expect(Contents?.map(({ Key, Size }) => [Key, Size])).toEqual(keys.slice(23).map((key) => [key, CONTENT.length]));
    expect({ KeyCount, IsTruncated }).toEqual({ KeyCount: 2, IsTruncated: false });
  });

  it('finds the keys with a prefix, whatever part of a path that is', async () => {
    const deep = ['deep/a/1', 'deep/a/b/2', 'deep/ab/3', `deep/${'c'.repeat(300)}/4`];
    await Promise.all(deep.map((key) => write(key)));
    expect(await keysWith('deep/a/')).toEqual(['deep/a/1', 'deep/a/b/2']);
    expect(await keysWith('deep/a')).toEqual(['deep/a/1', 'deep/a/b/2', 'deep/ab/3']);
    expect(await keysWith('deep/a/1/')).toEqual([]);
    expect(await keysWith(`deep/${'c'.repeat(250)}`)).toEqual([deep[3]]);
    expect(await keysWith(`deep/${'c'.repeat(300)}/`)).toEqual([deep[3]]);
    expect(await keysWith('nowhere/')).toEqual([]);
  });

  it('writes keys as in a URL for who asks for it', async () => {
    await write('url/a b+ü\n/c');
    const list = new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'url/a b', EncodingType: 'url' });
    const { Contents, Prefix } = await s3.send(list);
    expect(Contents?.map(({ Key }) => Key)).toEqual(['url/a+b%2B%C3%BC%0A/c']);
    expect(Prefix).toBe('url/a+b');
  });

  it('refuses parameters it does not know', async () => {
    const list = new ListObjectsV2Command({ Bucket: BUCKET, Delimiter: '/' });
    await expect(s3.send(list)).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});

describe('S3 keys', () => {
  it.each(['../../escape', 'a/../b', './.', 'a//b', 'trailing/', '%2e%2e/x', 'ümläut/日本', 'a\nb', 'x'.repeat(900)])(
    'holds %j inside the folder of its bucket',
    async (key) => {
      await write(`keys/${key}`, { Body: key });
      const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: `keys/${key}` }));
      expect(await got.Body?.transformToString()).toBe(key);
      const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: `keys/${key}` }));
      expect(Contents?.map(({ Key }) => Key)).toContain(`keys/${key}`);
      expect((await readdir(directory)).sort()).toEqual(['.headers', '.temporary', BUCKET]);
    },
  );

  it('that are plain paths are plain files', async () => {
    await write('lake/date=2030-01-31/part-0.parquet');
    expect(await readFile(join(directory, BUCKET, 'lake', 'date=2030-01-31', 'part-0.parquet'))).toEqual(CONTENT);
  });

  it('longer than 1,024 bytes are refused', async () => {
    await expect(write('k'.repeat(1_025))).rejects.toMatchObject({ name: 'KeyTooLongError' });
  });
});

describe('S3 buckets', () => {
  it('must exist', async () => {
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'missing' }))).rejects.toMatchObject({ name: 'NotFound' });
    await expect(write('key', { Bucket: 'missing' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(s3.send(new HeadBucketCommand({ Bucket: BUCKET }))).resolves.toBeDefined();
  });

  it('are created once', async () => {
    const create = s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    await expect(create).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' });
  });

  it('have names that are no paths', async () => {
    const response = await fetch(`${server.endpoint}/%2e%2e%2fescape`, { method: 'PUT' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('<Code>InvalidBucketName</Code>');
  });
});

describe('S3 in reach of pages in a browser', () => {
  it('allows no other origin anything', async () => {
    const headers = { origin: 'http://evil.example', 'access-control-request-method': 'PUT' };
    const response = await fetch(`${server.endpoint}/${BUCKET}/key`, { method: 'OPTIONS', headers });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('S3 on a folder', () => {
  it('keeps objects over a restart, and throws away what was left half written', async () => {
    await write('kept', { ContentType: 'text/x-test' });
    await writeFile(join(directory, '.temporary', 'half'), 'half');
    const again = await startS3({ directory });
    const client = clientOf(again);
    const got = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'kept' }));
    expect(got.ContentType).toBe('text/x-test');
    expect(await got.Body?.transformToString()).toBe(CONTENT.toString());
    expect(await readdir(join(directory, '.temporary'))).toEqual([]);
    client.destroy();
    await again.stop();
  });

  it('leaves nothing of an upload that breaks off', async () => {
    const body = Readable.from([Buffer.alloc(1_000)]);
    const broken = fetch(`${server.endpoint}/${BUCKET}/broken`, {
      method: 'PUT',
      body: Readable.toWeb(body) as ReadableStream,
      duplex: 'half',
      headers: { 'content-encoding': 'aws-chunked' },
    });
    expect((await broken).status).toBe(400);
    await expect(s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'broken' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
    expect(await readdir(join(directory, '.temporary'))).toEqual([]);
  });
});

/** The files below this folder that this process has open. */
async function openFilesBelow(folder: string): Promise<readonly string[]> {
  // A descriptor may be closed, such as that of the folder of descriptors itself, before it is looked at.
  const links = (await readdir(DESCRIPTORS)).map((name) => readlink(join(DESCRIPTORS, name)).catch(() => ''));
  return (await Promise.all(links)).filter((path) => path.startsWith(folder));
}

async function keysWith(Prefix: string): Promise<unknown> {
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix }));
  return (Contents ?? []).map(({ Key }) => Key);
}

function write(key: string, input: Partial<PutObjectCommandInput> = {}) {
  return s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: CONTENT, ...input }));
}

function clientOf({ endpoint }: HiddenServer): S3Client {
  return new S3Client({ endpoint, forcePathStyle: true, ...ENGINE_ACCESS });
}

function digest(algorithm: string, content: string | Buffer): string {
  return createHash(algorithm).update(content).digest('base64');
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { S3AttachmentStore } from '#storage/s3/attachment-store.ts';
import { S3BlobStore } from '#storage/s3/blob-store.ts';
import { Bucket, type ObjectRequest } from '#storage/s3/bucket.ts';
import { ENGINE_ACCESS, freshBucket } from '#test/support/engine.ts';
import { startLoopbackServer } from '#test/support/loopback-server.ts';
import { sdkSignature } from '#test/support/sdk-signature.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const OWNER = { store: 'default', authority: 'mbox|mailto:content@example.com', actor: 'mbox|mailto:ann@example.com' };
const { region, credentials } = ENGINE_ACCESS;
const KEY = "a/ä b/(it's) 100%?#&+=";
const REFUSAL = { name: 'XapiError', code: 'overloaded', retryAfter: 1 };

const servers: Server[] = [];

/** A bucket on an S3 that gives these answers, the last one for ever. */
async function bucketThat(...answers: readonly Answer[]): Promise<{ bucket: Bucket; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(request);
    const answer = answers[Math.min(requests.length, answers.length) - 1];
    request.resume().once('end', () => answer?.(response, request));
  };
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  const { port }: Pick<AddressInfo, 'port'> = typeof address === 'object' && address !== null ? address : { port: 0 };
  const endpoint = `http://127.0.0.1:${port}`;
  return { bucket: new Bucket({ name: 'bucket', region, endpoint }, { credentials, patience: 300 }), requests };
}

const ok: Answer = (response) => response.end('content');

const refuse =
  (status: number, code: string): Answer =>
  (response) => {
    response.writeHead(status).end(`<Error><Code>${code}</Code><Message>No.</Message></Error>`);
  };

const hangUp: Answer = (_, request) => request.socket.destroy();

const answerNoHttp: Answer = (_, request) => request.socket.write('no HTTP');

const stopMidway: Answer = (response) => {
  response.writeHead(200, { 'content-length': 100 }).write('only a part');
  setTimeout(() => response.destroy(), 10);
};

const stallMidway: Answer = (response) => {
  response.writeHead(200, { 'content-length': 100 }).write('only a part');
};

const answerLate: Answer = (response) => {
  setTimeout(() => response.end('content'), 450);
};

const answerBitByBit: Answer = (_, { socket }) => {
  const lines = ['HTTP/1.1 200 OK\r\n', 'a: 1\r\n', 'b: 2\r\n', 'c: 3\r\n', 'content-length: 7\r\n', '\r\ncontent'];
  for (const [index, line] of lines.entries()) setTimeout(() => socket.write(line), index * 100);
};

const neverAnswer: Answer = () => undefined;

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe('Bucket', () => {
  it('keeps, gives back and forgets an object under any key', async () => {
    const blobs = new S3BlobStore((await freshBucket()).bucket);
    expect(await blobs.get(KEY)).toBeUndefined();
    await blobs.put(KEY, Buffer.from('content'));
    expect(Buffer.from((await blobs.get(KEY)) ?? []).toString()).toBe('content');
    await blobs.delete(KEY);
    await blobs.delete(KEY);
    expect(await blobs.get(KEY)).toBeUndefined();
  });

  it('signs the content and names its key as other clients do', async () => {
    const { bucket, requests } = await bucketThat(ok);
    await bucket.send({ method: 'PUT', key: 'a/b', headers: { 'if-none-match': '*' }, body: Buffer.from('content') });
    expect(requests[0]).toMatchObject({ method: 'PUT', url: '/bucket/a/b' });
    expect(requests[0]?.headers).toMatchObject({
      'content-length': '7',
      'if-none-match': '*',
      'x-amz-content-sha256': 'ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=local\/\d{8}\/us-east-1\/s3\/aws4_request, SignedHeaders=[\w;-]*host;if-none-match;[\w;-]+, Signature=[0-9a-f]{64}$/u,
      ),
    });
  });

  it.each<[string, ObjectRequest]>([
    ['a query', { method: 'GET', key: '', query: { prefix: "a b/ü+'", 'list-type': '2' } }],
    ['a key and headers', { method: 'GET', key: KEY, headers: { range: 'bytes=0-9' } }],
    ['content', { method: 'PUT', key: KEY, headers: { 'if-match': '"a"' }, body: Buffer.from('content') }],
  ])('signs what it sends: %s', async (_, request) => {
    const server = await startLoopbackServer(() => ({ status: 200 }));
    await new Bucket({ name: 'bucket', region, endpoint: server.url }, { credentials }).send(request);
    const expected = server.received.map((received) => sdkSignature(received, { service: 's3', region, credentials }));
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(await Promise.all(expected));
    expect(expected).toHaveLength(1);
    await server.stop();
  });

  it('takes the hash of the content from who knows it', async () => {
    const { bucket, requests } = await bucketThat(ok);
    const headers = { 'x-amz-content-sha256': 'a'.repeat(64) };
    await bucket.send({ method: 'PUT', key: 'a', headers, body: Buffer.from('content') });
    expect(requests[0]?.headers).toMatchObject({
      ...headers,
      authorization: expect.stringContaining('x-amz-content-sha256'),
    });
  });

  it('asks about the bucket, with a query, and gives the headers of the answer', async () => {
    const { bucket, requests } = await bucketThat((response) => response.setHeader('ETag', '"a"').end('content'));
    const { headers, body } = await bucket.exchange({ method: 'GET', key: '', query: { prefix: "a b/ü+'" } });
    expect(requests[0]?.url).toBe('/bucket/?prefix=a%20b%2F%C3%BC%2B%27');
    expect([headers['etag'], Buffer.from(body).toString()]).toEqual(['"a"', 'content']);
  });

  it('waits for as long as it takes to send a large object, if it is told to', async () => {
    const { bucket, requests } = await bucketThat(answerLate);
    await expect(bucket.send({ method: 'GET', key: 'a' })).rejects.toMatchObject({ name: 'TimeoutError' });
    const address = { name: 'bucket', region, endpoint: `http://${requests[0]?.headers.host}` };
    const patient = new Bucket(address, { credentials, patience: 900, limit: 5_000 });
    expect(Buffer.from(await patient.send({ method: 'PUT', key: 'a', body: Buffer.from('x') })).toString()).toBe(
      'content',
    );
  });

  it('has patience with what goes on, up to the limit', async () => {
    const { bucket, requests } = await bucketThat(answerBitByBit);
    await expect(bucket.send({ method: 'GET', key: 'a' })).rejects.toMatchObject({ name: 'TimeoutError' });
    const address = { name: 'bucket', region, endpoint: `http://${requests[0]?.headers.host}` };
    const patient = new Bucket(address, { credentials, patience: 300, limit: 5_000 });
    expect(Buffer.from(await patient.send({ method: 'GET', key: 'a' })).toString()).toBe('content');
  });

  it.each([
    ['SlowDown', refuse(503, 'SlowDown')],
    ['InternalError', refuse(500, 'InternalError')],
    ['a lost connection', hangUp],
    ['no answer', neverAnswer],
    ['an answer that is not HTTP', answerNoHttp],
    ['an answer that breaks off', stopMidway],
    ['an answer that stalls', stallMidway],
  ])('tries again after %s', async (_, failure) => {
    const { bucket, requests } = await bucketThat(failure, ok);
    expect(Buffer.from(await bucket.send({ method: 'GET', key: 'a' })).toString()).toBe('content');
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['SlowDown', refuse(503, 'SlowDown')],
    ['no answer', neverAnswer],
    ['an answer that breaks off', stopMidway],
  ])('gives up after four tries, and the client hears 503: %s', async (_, failure) => {
    const { bucket, requests } = await bucketThat(failure);
    await expect(new S3BlobStore(bucket).get('a')).rejects.toMatchObject(REFUSAL);
    expect(requests).toHaveLength(4);
  });

  it('says `overloaded` when S3 is out of reach', async () => {
    const bucket = new Bucket({ name: 'bucket', region, endpoint: 'http://127.0.0.1:9' }, { credentials });
    const attachments = new S3AttachmentStore(bucket);
    await expect(attachments.put(OWNER, 'a', Buffer.from('x'))).rejects.toMatchObject(REFUSAL);
    await expect(attachments.get(OWNER, 'a')).rejects.toMatchObject(REFUSAL);
    await expect(new S3BlobStore(bucket).delete('a')).rejects.toMatchObject(REFUSAL);
  });

  it.each([
    ['AccessDenied', 403],
    ['NoSuchBucket', 404],
  ])('asks once when S3 says %s, which is a defect', async (code, status) => {
    const { bucket, requests } = await bucketThat(refuse(status, code));
    await expect(new S3BlobStore(bucket).get('a')).rejects.toMatchObject({
      name: code,
      $metadata: { httpStatusCode: status },
    });
    expect(requests).toHaveLength(1);
  });
});

describe('S3AttachmentStore', () => {
  it('is content when S3 says that the object is there already', async () => {
    const { bucket, requests } = await bucketThat(refuse(412, 'PreconditionFailed'));
    await new S3AttachmentStore(bucket).put(OWNER, 'a', Buffer.from('x'));
    expect(requests).toHaveLength(1);
  });

  it('waits until another request is out of the way when S3 reports a conflict', async () => {
    const conflicts = Array<Answer>(6).fill(refuse(409, 'ConditionalRequestConflict'));
    const { bucket, requests } = await bucketThat(...conflicts, ok);
    await new S3AttachmentStore(bucket).put(OWNER, 'a', Buffer.from('x'));
    expect(requests).toHaveLength(7);
  });
});

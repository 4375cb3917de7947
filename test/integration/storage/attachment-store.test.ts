import { beforeAll, describe, expect, it } from 'vitest';
import { S3AttachmentStore } from '#storage/s3/attachment-store.ts';
import { freshBucket } from '#test/support/engine.ts';

const SHA2 = 'a'.repeat(64);

describe('S3AttachmentStore', () => {
  let attachments: S3AttachmentStore;

  beforeAll(async () => {
    const { client, name } = await freshBucket();
    attachments = new S3AttachmentStore({ name, client: () => Promise.resolve(client) });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['bytes of every value', Buffer.from(Uint8Array.from({ length: 256 }, (_, byte) => byte))],
    ['5 MB', Buffer.alloc(5 * 1024 * 1024, 'x')],
  ])('gives back what was put: %s', async (name, content) => {
    await attachments.put('default', name, content);
    expect(content.equals((await attachments.get('default', name)) ?? Buffer.from('none'))).toBe(true);
  });

  it('keeps what is there when the same content comes again', async () => {
    await attachments.put('default', SHA2, Buffer.from('first'));
    await attachments.put('default', SHA2, Buffer.from('again'));
    expect(Buffer.from((await attachments.get('default', SHA2)) ?? []).toString()).toBe('first');
  });

  it('takes the same content from many at once', async () => {
    const content = Buffer.from('together');
    await Promise.all(Array.from({ length: 20 }, () => attachments.put('default', 'b'.repeat(64), content)));
    expect(content.equals((await attachments.get('default', 'b'.repeat(64))) ?? Buffer.alloc(0))).toBe(true);
  });

  it('keeps stores apart', async () => {
    await attachments.put('default', 'c'.repeat(64), Buffer.from('mine'));
    expect(await attachments.get('other', 'c'.repeat(64))).toBeUndefined();
  });

  it('tries again when S3 reports a conflict with another request', async () => {
    const { client, name } = await freshBucket();
    let conflicts = 0;
    client.middlewareStack.add(
      (next) => async (args) => {
        conflicts += 1;
        if (conflicts > 2) return next(args);
        throw Object.assign(new Error('conflict'), { $metadata: { httpStatusCode: 409 } });
      },
      { step: 'deserialize' },
    );
    const contended = new S3AttachmentStore({ name, client: () => Promise.resolve(client) });
    await contended.put('default', SHA2, Buffer.from('x'));
    expect(await contended.get('default', SHA2)).toHaveLength(1);
  });

  it('says `overloaded` when S3 is out of reach', async () => {
    const { S3Client } = await import('@aws-sdk/client-s3');
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = new S3Client({ endpoint: 'http://127.0.0.1:9', region: 'us-east-1', credentials, maxAttempts: 1 });
    const unreachable = new S3AttachmentStore({ name: 'bucket', client: () => Promise.resolve(client) });
    const error = { code: 'overloaded', retryAfter: 1 };
    await expect(unreachable.put('default', SHA2, Buffer.from('x'))).rejects.toMatchObject(error);
    await expect(unreachable.get('default', SHA2)).rejects.toMatchObject(error);
  });
});

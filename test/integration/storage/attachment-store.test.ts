import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { S3AttachmentStore } from '#storage/s3/attachment-store.ts';
import type { ObjectRequest } from '#storage/s3/bucket.ts';
import { freshBucket } from '#test/support/engine.ts';

const OWNER = { store: 'default', authority: 'mbox|mailto:content@example.com', actor: 'mbox|mailto:ann@example.com' };
const SHA2 = 'a'.repeat(64);

describe('S3AttachmentStore', () => {
  let attachments: S3AttachmentStore;

  beforeAll(async () => {
    const { bucket } = await freshBucket();
    attachments = new S3AttachmentStore(bucket);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['bytes of every value', Buffer.from(Uint8Array.from({ length: 256 }, (_, byte) => byte))],
    ['5 MB', Buffer.alloc(5 * 1024 * 1024, 'x')],
  ])('gives back what was put: %s', async (name, content) => {
    await attachments.put(OWNER, name, content);
    expect(content.equals((await attachments.get(OWNER, name)) ?? Buffer.from('none'))).toBe(true);
  });

  it('keeps what is there when the same content comes again', async () => {
    await attachments.put(OWNER, SHA2, Buffer.from('first'));
    await attachments.put(OWNER, SHA2, Buffer.from('again'));
    expect(Buffer.from((await attachments.get(OWNER, SHA2)) ?? []).toString()).toBe('first');
  });

  it('takes the same content from many at once', async () => {
    const content = Buffer.from('together');
    await Promise.all(Array.from({ length: 20 }, () => attachments.put(OWNER, 'b'.repeat(64), content)));
    expect(content.equals((await attachments.get(OWNER, 'b'.repeat(64))) ?? Buffer.alloc(0))).toBe(true);
  });

  it.each(['sha256', 'sha512'])('has a content signed by its SHA-256, when its hash is one: %s', async (algorithm) => {
    const sent: ObjectRequest[] = [];
    const recording = new S3AttachmentStore({
      send: async (request) => {
        sent.push(request);
        return new Uint8Array();
      },
    });
    const content = Buffer.from('content');
    const sha2 = createHash(algorithm).update(content).digest('hex');
    await recording.put(OWNER, sha2, content);
    expect(sent.map(({ headers }) => headers?.['x-amz-content-sha256'])).toEqual([
      algorithm === 'sha256' ? sha2 : undefined,
    ]);
  });

  it.each([
    ['stores', { ...OWNER, store: 'other' }],
    ['authorities', { ...OWNER, authority: 'mbox|mailto:other@example.com' }],
    ['actors', { ...OWNER, actor: 'mbox|mailto:bob@example.com' }],
    ['authority and actor', { ...OWNER, authority: OWNER.actor, actor: OWNER.authority }],
  ])('keeps %s apart', async (name, other) => {
    await attachments.put(OWNER, `${name} mine`, Buffer.from('mine'));
    expect(await attachments.get(other, `${name} mine`)).toBeUndefined();
    await attachments.put(other, `${name} mine`, Buffer.from('theirs'));
    expect(Buffer.from((await attachments.get(OWNER, `${name} mine`)) ?? []).toString()).toBe('mine');
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { S3AttachmentStore } from '#storage/s3/attachment-store.ts';
import { freshBucket } from '#test/support/engine.ts';

const AUTHORITY = 'mbox|mailto:content@example.com';
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
    await attachments.put('default', AUTHORITY, name, content);
    expect(content.equals((await attachments.get('default', AUTHORITY, name)) ?? Buffer.from('none'))).toBe(true);
  });

  it('keeps what is there when the same content comes again', async () => {
    await attachments.put('default', AUTHORITY, SHA2, Buffer.from('first'));
    await attachments.put('default', AUTHORITY, SHA2, Buffer.from('again'));
    expect(Buffer.from((await attachments.get('default', AUTHORITY, SHA2)) ?? []).toString()).toBe('first');
  });

  it('takes the same content from many at once', async () => {
    const content = Buffer.from('together');
    await Promise.all(Array.from({ length: 20 }, () => attachments.put('default', AUTHORITY, 'b'.repeat(64), content)));
    expect(content.equals((await attachments.get('default', AUTHORITY, 'b'.repeat(64))) ?? Buffer.alloc(0))).toBe(true);
  });

  it('keeps stores apart', async () => {
    await attachments.put('default', AUTHORITY, 'c'.repeat(64), Buffer.from('mine'));
    expect(await attachments.get('other', AUTHORITY, 'c'.repeat(64))).toBeUndefined();
  });

  it('keeps authorities apart', async () => {
    const sha2 = 'd'.repeat(64);
    await attachments.put('default', AUTHORITY, sha2, Buffer.from('mine'));
    expect(await attachments.get('default', 'mbox|mailto:other@example.com', sha2)).toBeUndefined();
    await attachments.put('default', 'mbox|mailto:other@example.com', sha2, Buffer.from('theirs'));
    expect(Buffer.from((await attachments.get('default', AUTHORITY, sha2)) ?? []).toString()).toBe('mine');
  });
});

import { createHash } from 'node:crypto';
import type { AttachmentOwner, AttachmentStore } from '#storage/attachment-store.ts';
import { tryUntilDone } from '#storage/aws/backoff.ts';
import { httpStatus, throwTransient } from '#storage/aws/overload.ts';
import type { ObjectRequest, ObjectSender } from '#storage/s3/bucket.ts';
import { readObject } from '#storage/s3/read-object.ts';

const PRECONDITION_FAILED = 412;
/** S3's answer to a create-only write while another request writes or deletes the same key. */
const CONDITIONAL_CONFLICT = 409;
/** In hexadecimal digits: the other hashes of SHA-2 have another. */
const SHA256_LENGTH = 64;

/**
 * Keeps every content of an owner once: written only where nothing is yet, so that sending an attachment again neither
 * costs storage nor touches what statements refer to. Objects are typed as bytes: the media type is the statement's affair.
 */
export class S3AttachmentStore implements AttachmentStore {
  readonly #bucket: ObjectSender;

  constructor(bucket: ObjectSender) {
    this.#bucket = bucket;
  }

  async put(owner: AttachmentOwner, sha2: string, content: Uint8Array): Promise<void> {
    const request: ObjectRequest = {
      method: 'PUT',
      key: keyOf(owner, sha2),
      headers: { 'content-type': 'application/octet-stream', 'if-none-match': '*', ...contentHash(sha2) },
      body: content,
    };
    await tryUntilDone(() => this.#putOnce(request));
  }

  get(owner: AttachmentOwner, sha2: string): Promise<Uint8Array | undefined> {
    return readObject(this.#bucket, keyOf(owner, sha2));
  }

  /** @returns undefined when another request for the key was in the way */
  async #putOnce(request: ObjectRequest): Promise<true | undefined> {
    try {
      await this.#bucket.send(request);
    } catch (error) {
      const status = error instanceof Error ? httpStatus(error) : 0;
      if (status === CONDITIONAL_CONFLICT) return undefined;
      if (status !== PRECONDITION_FAILED) throwTransient(error);
    }
    return true;
  }
}

/** For the signature, which otherwise hashes the content once more. */
function contentHash(sha2: string): Record<string, string> {
  return sha2.length === SHA256_LENGTH ? { 'x-amz-content-sha256': sha2 } : {};
}

/** Authority and actor as hashes: they may be e-mail addresses, and of any length. */
function keyOf({ store, authority, actor }: AttachmentOwner, sha2: string): string {
  return `attachments/${store}/${hashOf(authority)}/${hashOf(actor)}/${sha2}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

import { throwTransient } from '#storage/aws/overload.ts';
import type { BlobStore } from '#storage/blob-store.ts';
import type { ObjectSender } from '#storage/s3/bucket.ts';
import { readObject } from '#storage/s3/read-object.ts';

export class S3BlobStore implements BlobStore {
  readonly #bucket: ObjectSender;

  constructor(bucket: ObjectSender) {
    this.#bucket = bucket;
  }

  async put(key: string, content: Uint8Array): Promise<void> {
    const headers = { 'content-type': 'application/octet-stream' };
    await this.#bucket.send({ method: 'PUT', key, headers, body: content }).catch(throwTransient);
  }

  get(key: string): Promise<Uint8Array | undefined> {
    return readObject(this.#bucket, key);
  }

  async delete(key: string): Promise<void> {
    await this.#bucket.send({ method: 'DELETE', key }).catch(throwTransient);
  }
}

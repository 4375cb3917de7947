import { throwTransient } from '#storage/aws/overload.ts';
import type { BlobStore } from '#storage/blob-store.ts';
import { type Bucket, openS3 } from '#storage/s3/client.ts';
import { readObject } from '#storage/s3/read-object.ts';

export class S3BlobStore implements BlobStore {
  readonly #bucket: Bucket;

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
  }

  async put(key: string, content: Uint8Array): Promise<void> {
    const { client, s3 } = await openS3(this.#bucket);
    const object = { Bucket: this.#bucket.name, Key: key, Body: content, ContentType: 'application/octet-stream' };
    await client.send(new s3.PutObjectCommand(object)).catch(throwTransient);
  }

  get(key: string): Promise<Uint8Array | undefined> {
    return readObject(this.#bucket, key);
  }

  async delete(key: string): Promise<void> {
    const { client, s3 } = await openS3(this.#bucket);
    await client.send(new s3.DeleteObjectCommand({ Bucket: this.#bucket.name, Key: key })).catch(throwTransient);
  }
}

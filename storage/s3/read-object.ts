import { throwTransient } from '#storage/aws/overload.ts';
import type { ObjectSender } from '#storage/s3/bucket.ts';

/** @returns the whole object, undefined when there is none. */
export async function readObject(bucket: ObjectSender, key: string): Promise<Uint8Array | undefined> {
  try {
    return await bucket.send({ method: 'GET', key });
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
    return throwTransient(error);
  }
}

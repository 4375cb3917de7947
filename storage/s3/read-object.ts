import { throwTransient } from '#storage/aws/overload.ts';
import { type Bucket, openS3 } from '#storage/s3/client.ts';

/** @returns the whole object, undefined when there is none. */
export async function readObject(bucket: Bucket, key: string): Promise<Uint8Array | undefined> {
  const { client, s3 } = await openS3(bucket);
  try {
    const { Body } = await client.send(new s3.GetObjectCommand({ Bucket: bucket.name, Key: key }));
    return Body === undefined ? new Uint8Array() : await Body.transformToByteArray();
  } catch (error) {
    if (error instanceof s3.NoSuchKey) return undefined;
    return throwTransient(error);
  }
}

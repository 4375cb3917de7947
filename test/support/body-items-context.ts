import { randomUUID } from 'node:crypto';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { BodyItemsContext } from '#storage/dynamodb/body-items.ts';
import { S3BlobStore } from '#storage/s3/blob-store.ts';
import type { DynamoDb, OperationName } from '#storage/dynamodb/dynamodb.ts';
import { GroupedWrites } from '#storage/dynamodb/grouped-writes.ts';
import { freshBucket, freshTables } from '#test/support/engine.ts';
import { forgetfulClient, interceptedClient, type Interceptor } from '#test/support/faulty-client.ts';

export interface TestContext extends BodyItemsContext {
  /** The keys of all objects, in ascending order. */
  readonly objects: () => Promise<readonly string[]>;
  /** The requests that `client` has sent since the last call. */
  readonly requests: () => number;
  /** The same with a client that loses the answer to its first request, which the engine has carried out. */
  readonly forgetful: () => BodyItemsContext;
  /** The same where no other process writes, on a line that somebody listens in to; of `lost`, the first answer is lost. */
  readonly asOnlyWriter: (intercept: Interceptor, lost?: OperationName) => BodyItemsContext;
}

/** A fresh Documents table and a fresh bucket. */
export async function bodyItemsContext(): Promise<TestContext> {
  const [{ client, names, endpoint }, bucket] = await Promise.all([freshTables(), freshBucket()]);
  const blobs = new S3BlobStore(bucket.bucket);
  let sent = 0;
  const counted: DynamoDb = {
    call: (...call) => {
      sent += 1;
      return client.call(...call);
    },
  };
  const context = { client: counted, table: names.documents, blobs, newId: randomUUID };
  return {
    ...context,
    requests: () => {
      const count = sent;
      sent = 0;
      return count;
    },
    objects: async () => {
      const { Contents } = await bucket.client.send(new ListObjectsV2Command({ Bucket: bucket.name }));
      return (Contents ?? []).flatMap(({ Key }) => Key ?? []);
    },
    forgetful: () => ({ ...context, client: forgetfulClient(endpoint) }),
    asOnlyWriter: (intercept, lost) => {
      const line = interceptedClient(endpoint, intercept, lost && forgetfulClient(endpoint, lost));
      return { ...context, client: line, writes: new GroupedWrites(line) };
    },
  };
}

import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { BodyItemsContext } from '#storage/dynamodb/body-items.ts';
import { S3BlobStore } from '#storage/s3/blob-store.ts';
import { ENGINE_ACCESS, freshBucket, freshTables } from '#test/support/engine.ts';

export interface TestContext extends BodyItemsContext {
  /** The keys of all objects, in ascending order. */
  readonly objects: () => Promise<readonly string[]>;
  /** The requests that `client` has sent since the last call. */
  readonly requests: () => number;
  /** The same with a client that loses the answer to its first request, which the engine has carried out. */
  readonly forgetful: () => BodyItemsContext;
}

/** A fresh Documents table and a fresh bucket. */
export async function bodyItemsContext(): Promise<TestContext> {
  const [{ client, names, endpoint }, bucket] = await Promise.all([freshTables(), freshBucket()]);
  const blobs = new S3BlobStore(bucket.bucket);
  const context = { client, table: names.documents, blobs, newId: randomUUID };
  let sent = 0;
  client.middlewareStack.add(
    (next) => (args) => {
      sent += 1;
      return next(args);
    },
    { step: 'deserialize' },
  );
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
    forgetful: () => ({ ...context, client: losingTheFirstAnswer(endpoint) }),
  };
}

function losingTheFirstAnswer(endpoint: string): DynamoDBClient {
  const client = new DynamoDBClient({ endpoint, ...ENGINE_ACCESS });
  let lost = false;
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      if (lost) return answer;
      lost = true;
      throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
    },
    { step: 'deserialize' },
  );
  return client;
}

import { randomUUID } from 'node:crypto';
import { DEFAULT_STORE } from '#access/store.ts';
import { authentication } from '#functions/authentication.ts';
import { createHandler } from '#functions/statements/handler.ts';
import type { GatewayEvent } from '#http/gateway/read-event.ts';
import type { GatewayHandler } from '#http/resource.ts';
import { createLogger } from '#runtime/logger.ts';
import { hashSecret } from '#storage/credential-secret.ts';
import { DynamoDbActivityStore } from '#storage/dynamodb/activity-store.ts';
import type { BodyItemsContext } from '#storage/dynamodb/body-items.ts';
import { putItems } from '#storage/dynamodb/batch.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { DynamoDbPersonStore } from '#storage/dynamodb/person-store.ts';
import { credentialItems } from '#storage/dynamodb/registry/registry-changes.ts';
import { DynamoDbStatementStore } from '#storage/dynamodb/statements/statement-store.ts';
import { PositionSource, writerFrom } from '#storage/position.ts';
import { S3AttachmentStore } from '#storage/s3/attachment-store.ts';
import { S3BlobStore } from '#storage/s3/blob-store.ts';
import { InProcessHorizon } from '#storage/write-horizon.ts';

const REGISTRY = 'registry';
const [KEY, SECRET, SALT] = ['bench', 'secret', '5a'.repeat(16)];

const nothing = (): void => {};
const done = (): Promise<void> => Promise.resolve();

/** There are no attachments, and no body is too large for an item. */
const NO_OBJECTS = { send: () => Promise.reject(new Error('There is no S3.')) };

export async function registerBenchCredential(client: DynamoDb): Promise<void> {
  const credential = credentialItems({
    key: KEY,
    store: DEFAULT_STORE,
    scopes: ['all'],
    authority: { objectType: 'Agent', account: { homePage: 'https://lrs.example.com', name: KEY } },
    label: KEY,
    secrets: [{ salt: SALT, secretHash: hashSecret(SALT, SECRET) }],
    linkSecret: SALT,
    disabled: false,
    revokedTokens: [],
    created: 0,
    createdBy: 'bench',
    revision: 1,
  });
  await putItems(client, REGISTRY, credential);
}

/** Where what is known of activities and persons is kept. */
export function bodiesOf(client: DynamoDb): BodyItemsContext {
  return { client, table: 'documents', blobs: new S3BlobStore(NO_OBJECTS), newId: randomUUID };
}

/** The function as it is deployed, but for what counts requests; its log goes nowhere. */
export function statementsFunction(client: DynamoDb): GatewayHandler {
  const bodies = bodiesOf(client);
  const environment = {
    REGISTRY_TABLE: REGISTRY,
    LRS_ISSUER: 'urn:serverless-lrs:bench',
    LRS_ISSUER_HOSTS: 'loopback',
  } as const;
  return createHandler({
    logger: createLogger('info', nothing, Date.now, 'ServerlessLrs/bench'),
    now: Date.now,
    ...authentication(environment, client, { now: Date.now, onFailure: nothing, freshness: 'kept' }),
    requestGate: { admit: nothing, settled: done },
    auditor: { record: done, recordHourly: nothing, count: nothing, countFailure: nothing, settled: done },
    statements: new DynamoDbStatementStore({
      client,
      tableName: 'statements',
      blobs: bodies.blobs,
      horizon: new InProcessHorizon(new PositionSource(Date.now, writerFrom(Math.random)), Date.now),
      now: Date.now,
      commitBound: 10_000,
      shards: 1,
    }),
    attachments: new S3AttachmentStore(NO_OBJECTS),
    activities: new DynamoDbActivityStore(bodies),
    persons: new DynamoDbPersonStore(bodies),
    newId: randomUUID,
    basePath: '/xapi',
  });
}

/** @param query as it stands in the URL */
export function eventOf(method: 'GET' | 'POST', query: string, body?: string): GatewayEvent {
  return {
    rawPath: '/xapi/statements',
    rawQueryString: query,
    headers: {
      'x-experience-api-version': '1.0.3',
      authorization: `Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    isBase64Encoded: false,
    ...(body !== undefined && { body }),
    requestContext: { requestId: 'bench', http: { method, sourceIp: '127.0.0.1' } },
  };
}

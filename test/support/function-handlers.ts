import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { auditing } from '#functions/auditing.ts';
import { authentication } from '#functions/authentication.ts';
import { createHandler as aboutHandler } from '#functions/about/handler.ts';
import { createHandler as activitiesHandler } from '#functions/activities/handler.ts';
import { createHandler as activitiesProfileHandler } from '#functions/activities-profile/handler.ts';
import { createHandler as activitiesStateHandler } from '#functions/activities-state/handler.ts';
import { createHandler as agentsHandler } from '#functions/agents/handler.ts';
import { createHandler as agentsProfileHandler } from '#functions/agents-profile/handler.ts';
import { createHandler as statementsHandler } from '#functions/statements/handler.ts';
import { CountingRequestGate } from '#http/usage/counting-request-gate.ts';
import type { RequestGate } from '#http/usage/request-gate.ts';
import type { AuthenticatorDeps } from '#http/auth/create-authenticator.ts';
import type { GatewayHandler } from '#http/resource.ts';
import type { ROUTES } from '#lib/routes.ts';
import { createLogger } from '#runtime/logger.ts';
import type { Credential } from '#access/credential.ts';
import { DynamoDbActivityStore } from '#storage/dynamodb/activity-store.ts';
import { DynamoDbDocumentStore } from '#storage/dynamodb/document-store.ts';
import { DynamoDbPersonStore } from '#storage/dynamodb/person-store.ts';
import { DynamoDbStatementStore } from '#storage/dynamodb/statements/statement-store.ts';
import { DynamoDbUsageCounter } from '#storage/dynamodb/usage-counter.ts';
import { PositionSource, writerFrom } from '#storage/position.ts';
import { S3AttachmentStore } from '#storage/s3/attachment-store.ts';
import { S3BlobStore } from '#storage/s3/blob-store.ts';
import { InProcessHorizon } from '#storage/write-horizon.ts';
import { aCredential } from '#test/support/credentials.ts';
import { interceptedClient, type Interceptor } from '#test/support/faulty-client.ts';
import { freshBucket, type FreshTables, freshTables } from '#test/support/engine.ts';
import { anEvent, basic, type EventOptions } from '#test/support/gateway-events.ts';
import { storeCredentials } from '#test/support/stored-credentials.ts';

type Path = (typeof ROUTES)[number]['path'];

export interface Functions {
  /** Sends a request to the function of the path, as the credential `key` unless the options say otherwise. */
  send(path: Path, options?: EventOptions): Promise<APIGatewayProxyStructuredResultV2>;
  /** Every line of the log. */
  readonly log: readonly string[];
  /** Where credentials are. */
  readonly tables: FreshTables;
}

/** The issuer and audience of tokens of the LRS. */
export const TEST_ISSUER = 'urn:serverless-lrs:test';

export interface AccessOptions {
  /** Of authentication, milliseconds since 1970. */
  readonly now?: () => number;
  readonly onFailure?: AuthenticatorDeps['onFailure'];
  /** What authentication asks of DynamoDB. */
  readonly interceptAccess?: Interceptor;
  /** What the gate and the audit ask of DynamoDB. */
  readonly interceptCounts?: Interceptor;
  /** Absent: counts and limits as deployed functions do. */
  readonly requestGate?: RequestGate;
}

/**
 * All functions over fresh tables and a fresh bucket. The secret of every credential is `secret`.
 *
 * @param intercept what the functions ask of DynamoDB, but for credentials
 */
export async function startFunctions(
  credentials: readonly Credential[] = [aCredential()],
  intercept?: Interceptor,
  { now = Date.now, onFailure, interceptAccess, interceptCounts, requestGate }: AccessOptions = {},
): Promise<Functions> {
  const [tables, { bucket }] = await Promise.all([freshTables(), freshBucket()]);
  const blobs = new S3BlobStore(bucket);
  const client = intercept === undefined ? tables.client : interceptedClient(tables.endpoint, intercept);
  const bodies = { client, table: tables.names.documents, blobs, newId: randomUUID };
  await storeCredentials(tables, ...credentials);
  const reader = interceptAccess === undefined ? tables.client : interceptedClient(tables.endpoint, interceptAccess);
  const environment = {
    REGISTRY_TABLE: tables.names.registry,
    LRS_ISSUER: TEST_ISSUER,
    LRS_ISSUER_HOSTS: 'loopback',
    LRS_AUDIT_RETENTION_DAYS: 400,
  } as const;
  const log: string[] = [];
  const logger = createLogger('debug', (line) => log.push(line), Date.now, 'ServerlessLrs/test');
  const counted = interceptCounts === undefined ? tables.client : interceptedClient(tables.endpoint, interceptCounts);
  const usage = new DynamoDbUsageCounter(counted, tables.names.registry);
  const auditor = auditing(environment, counted, { logger, now: Date.now });
  const common = {
    logger,
    now: Date.now,
    requestGate: requestGate ?? new CountingRequestGate({ usage, logger, now: Date.now }),
    auditor,
    ...authentication(environment, reader, {
      now,
      freshness: 'kept',
      onFailure: (failure) => {
        onFailure?.(failure);
        auditor.countFailure(failure);
      },
    }),
  };
  const activities = new DynamoDbActivityStore(bodies);
  const persons = new DynamoDbPersonStore(bodies);
  const documents = new DynamoDbDocumentStore(bodies);
  const statements = new DynamoDbStatementStore({
    client,
    tableName: tables.names.statements,
    blobs,
    horizon: new InProcessHorizon(new PositionSource(Date.now, writerFrom(Math.random)), Date.now),
    now: Date.now,
    commitBound: 10_000,
    shards: 1,
  });
  const attachments = new S3AttachmentStore(bucket);
  const handlers: Readonly<Record<Path, GatewayHandler>> = {
    '/statements': statementsHandler({
      ...common,
      statements,
      attachments,
      activities,
      persons,
      newId: randomUUID,
      basePath: '/xapi',
    }),
    '/activities': activitiesHandler({ ...common, activities }),
    '/activities/state': activitiesStateHandler({ ...common, documents }),
    '/activities/profile': activitiesProfileHandler({ ...common, documents }),
    '/agents': agentsHandler({ ...common, persons }),
    '/agents/profile': agentsProfileHandler({ ...common, documents }),
    '/about': aboutHandler(common),
  };
  return {
    log,
    tables,
    send: (path, { headers, ...options } = {}) =>
      handlers[path](
        anEvent({ path: `/xapi${path}`, ...options, headers: { authorization: basic('key', 'secret'), ...headers } }),
      ),
  };
}

/** The body of a result. */
export function textOf({ body = '', isBase64Encoded }: APIGatewayProxyStructuredResultV2): string {
  return isBase64Encoded === true ? Buffer.from(body, 'base64').toString() : body;
}

/** The body of a result, parsed. */
export function jsonOf(result: APIGatewayProxyStructuredResultV2): unknown {
  return JSON.parse(textOf(result));
}

import { randomBytes, randomUUID } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { onTestFinished } from 'vitest';
import type { CountedEvent } from '#access/counted-event.ts';
import type { Credential } from '#access/credential.ts';
import { authentication } from '#functions/authentication.ts';
import { createHandler } from '#functions/admin/handler.ts';
import { createLogger } from '#runtime/logger.ts';
import { DynamoDbAuditLog } from '#storage/dynamodb/audit/audit-log.ts';
import { DynamoDbJobStore } from '#storage/dynamodb/jobs/job-store.ts';
import { DynamoDbRegistry } from '#storage/dynamodb/registry/registry.ts';
import { DynamoDbPublishedKeys } from '#storage/dynamodb/signing-keys.ts';
import { DynamoDbTicketStore } from '#storage/dynamodb/ticket-store.ts';
import type { FunctionCaller } from '#storage/function-caller.ts';
import { S3ObjectLinks } from '#storage/s3/object-links.ts';
import { S3ObjectStore } from '#storage/s3/object-store.ts';
import type { PrivateKeysStore } from '#storage/signing-keys.ts';
import type { TicketStore } from '#storage/ticket-store.ts';
import type { TokenSigner } from '#tokens/mint-token.ts';
import { SigningKeys } from '#tokens/signing-keys.ts';
import { tokenSigner } from '#tokens/token-signer.ts';
import { aCredential } from '#test/support/credentials.ts';
import { ENGINE_ACCESS, type FreshBucket, freshBucket, type FreshTables, freshTables } from '#test/support/engine.ts';
import { TEST_ISSUER, textOf } from '#test/support/function-handlers.ts';
import { anEvent, basic } from '#test/support/gateway-events.ts';
import { NOT_COUNTED } from '#test/support/not-counted.ts';
import { answerFault, OPEN_API } from '#test/support/open-api.ts';
import { freshPrivateKeys } from '#test/support/private-keys.ts';
import { storeCredentials } from '#test/support/stored-credentials.ts';

export interface AdminRequest {
  /** Key of the credential, whose secret is `secret`; `operator` unless it is said. */
  readonly as?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Is sent as JSON; text goes out as it is. */
  readonly body?: object | string;
}

export interface AdminAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape, which have been checked
  readonly body: any;
}

export interface AdminFunction {
  /** Sends a request, and makes sure that the answer is one that the description of the API tells of. */
  send(method: string, path: string, request?: AdminRequest): Promise<AdminAnswer>;
  /** Puts a credential in the place of whatever has its key, and audits nothing. */
  store(credential: Credential): Promise<void>;
  readonly registry: DynamoDbRegistry;
  readonly auditLog: DynamoDbAuditLog;
  readonly tickets: TicketStore;
  readonly signer: TokenSigner;
  /** As `send`, to a whole path, and looks at nothing. */
  sendTo(path: string, options: AdminRequest & { readonly method: string }): Promise<APIGatewayProxyStructuredResultV2>;
  /** Every line of the log. */
  readonly log: readonly string[];
  readonly counted: readonly CountedEvent[];
  /** Events that the function jobs was called with. */
  readonly calls: readonly object[];
  readonly tables: FreshTables;
  readonly exportsBucket: FreshBucket;
}

interface AdminOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly publicUrl?: string;
  /** What is in the place of the private keys. */
  readonly privateKeys?: (keys: PrivateKeysStore) => PrivateKeysStore;
  /** Absent: keeps the calls. */
  readonly jobCaller?: FunctionCaller;
}

/** An operator, an administrator of the store `acme`, and one of its credentials that manages nothing. */
const CREDENTIALS: readonly Credential[] = [
  aCredential({ key: 'operator', scopes: ['all', 'admin'] }),
  aCredential({ key: 'acme-admin', scopes: ['admin'], store: 'acme' }),
  aCredential({ key: 'acme-content', scopes: ['all'], store: 'acme' }),
];

/** The function of the management API over fresh tables, in which the store `acme` is, until the test ends. */
export async function startAdmin({
  now = Date.now,
  publicUrl = 'https://lrs.example.com',
  privateKeys = (same) => same,
  jobCaller,
}: AdminOptions = {}): Promise<AdminFunction> {
  const [tables, exportsBucket, keys] = await Promise.all([freshTables(), freshBucket(), freshPrivateKeys()]);
  const { client, names } = tables;
  onTestFinished(() => keys[Symbol.asyncDispose]());
  await storeCredentials({ client, names }, ...CREDENTIALS);
  const place = { client, tableName: names.registry, retentionDays: 400, now };
  const registry = new DynamoDbRegistry(place);
  const store = { id: 'acme', name: 'Acme', settings: {}, created: 0, createdBy: 'operator', revision: 1 };
  const audit = { store: 'acme', time: 0, action: 'store-created', result: 'done' } as const;
  await registry.commit({ changes: [{ kind: 'store', put: store }], audit });
  const environment = { REGISTRY_TABLE: names.registry, LRS_ISSUER: TEST_ISSUER, LRS_ISSUER_HOSTS: 'public' } as const;
  const published = new DynamoDbPublishedKeys(client, names.registry);
  const signingKeys = new SigningKeys({ published, registry, privateKeys: privateKeys(keys.privateKeys), now });
  const log: string[] = [];
  const counted: CountedEvent[] = [];
  const calls: object[] = [];
  const address = { name: exportsBucket.name, region: ENGINE_ACCESS.region, endpoint: exportsBucket.endpoint };
  const deps = {
    ...NOT_COUNTED,
    auditor: { ...NOT_COUNTED.auditor, count: (event: CountedEvent) => counted.push(event) },
    ...authentication(environment, client, { now, onFailure: () => {}, freshness: 'recent' }),
    logger: createLogger('debug', (line) => log.push(line), now),
    now,
    registry,
    auditLog: new DynamoDbAuditLog(place),
    signer: tokenSigner(signingKeys, TEST_ISSUER),
    tickets: new DynamoDbTicketStore(client, names.registry, randomUUID),
    publishedKeys: published,
    signingKeys,
    jobs: new DynamoDbJobStore({ client, tableName: names.registry, now }),
    jobCaller: jobCaller ?? { call: async (event: object) => void calls.push(event) },
    exportObjects: new S3ObjectStore(exportsBucket.bucket, exportsBucket.name),
    exportLinks: new S3ObjectLinks(address, { credentials: ENGINE_ACCESS.credentials }),
    newId: randomUUID,
    random: randomBytes,
    homePage: 'https://lrs.example.com',
    publicUrl,
    issuerHosts: 'public',
    openApi: OPEN_API,
  } as const;
  const handler = createHandler(deps);
  return {
    ...deps,
    log,
    store: (credential) => storeCredentials({ client, names }, credential),
    counted,
    calls,
    tables,
    exportsBucket,
    send: async (method, path, request = {}) => {
      const result = await handler(adminEvent(method, `/admin/v1${path}`, request));
      return checkedAnswer(method, path, result);
    },
    sendTo: (path, { method, ...request }) => handler(adminEvent(method, path, request)),
  };
}

function adminEvent(
  method: string,
  path: string,
  { as = 'operator', query = {}, headers, body }: AdminRequest,
): ReturnType<typeof anEvent> {
  const json = body !== undefined && { 'content-type': 'application/json' };
  return anEvent({
    method,
    path,
    query,
    headers: { authorization: basic(as, 'secret'), 'x-experience-api-version': undefined, ...json, ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

function checkedAnswer(method: string, path: string, result: APIGatewayProxyStructuredResultV2): AdminAnswer {
  const { statusCode: status = 0, headers = {} } = result;
  const body: unknown = result.body === undefined ? undefined : JSON.parse(textOf(result));
  const fault = answerFault(method, path, status, { headers, body });
  if (fault !== undefined) throw new Error(`${method} ${path} → ${status} ${JSON.stringify(body)}: ${fault}`);
  return { status, headers, body };
}

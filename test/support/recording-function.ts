import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { bundleFunctions } from '#lib/bundle/bundle-functions.ts';
import type { FunctionName } from '#lib/rights.ts';
import type { EnvironmentName } from '#runtime/environment-names.ts';
import type { BlobStore } from '#storage/blob-store.ts';
import { S3BlobStore } from '#storage/s3/blob-store.ts';
import { aCredential } from '#test/support/credentials.ts';
import { ENGINE_ACCESS, type FreshBucket, freshBucket, type FreshTables, freshTables } from '#test/support/engine.ts';
import { anEvent, basic, type EventOptions } from '#test/support/gateway-events.ts';
import { type LoopbackServer, startLoopbackServer } from '#test/support/loopback-server.ts';
import { TEST_ISSUER } from '#test/support/function-handlers.ts';
import { ownTokens } from '#test/support/own-tokens.ts';
import { SIGNING_KEYS_ARN } from '#test/support/recording-calls.ts';
import type { CountedRange } from '#test/support/recording-coverage.ts';
import type { BucketNames, Policy } from '#test/support/recording-policy.ts';
import { type Recorder, startRecorder, type Upstream } from '#test/support/recording-proxy.ts';
import { storeCredentials } from '#test/support/stored-credentials.ts';

const CHILD = fileURLToPath(new URL('recording-child.ts', import.meta.url));

/** Everything that functions work on, and their bundles. */
export interface Installation {
  readonly tables: FreshTables;
  /** For attachments. */
  readonly bucket: FreshBucket;
  /** For exports and the lake. */
  readonly exports: FreshBucket;
  /** Past every recorder. */
  readonly blobs: BlobStore;
  /** Knows two secrets: that of the credential `first`, another at each read, and that of the signing keys. */
  readonly secretsManager: LoopbackServer;
  /** Takes calls of functions, and does nothing. */
  readonly lambda: LoopbackServer;
  /** Of the credential `key`, signed with a key that the secret does not have. */
  readonly token: string;
  /** The file of each function. */
  readonly bundles: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/** Fresh tables and buckets, with a credential `key` for everything whose secret is `secret`. */
export async function install(names: readonly FunctionName[]): Promise<Installation> {
  const [tables, bucket, exports, folder] = await Promise.all([
    freshTables(),
    freshBucket(),
    freshBucket(),
    mkdtemp(join(tmpdir(), 'lrs-bundles-')),
  ]);
  await storeCredentials(tables, aCredential({ scopes: ['all', 'admin'] }));
  const tokens = await ownTokens(tables, Date.now);
  const directories = await bundleFunctions(folder, names);
  const bundles = Object.entries(directories).map(([name, directory]) => [name, join(directory, 'index.mjs')]);
  const secretsManager = await startLoopbackServer(secrets());
  const lambda = await startLoopbackServer(() => ({ status: 202 }));
  return {
    tables,
    bucket,
    exports,
    secretsManager,
    lambda,
    token: await tokens.sign(),
    blobs: new S3BlobStore(bucket.bucket),
    bundles: Object.fromEntries(bundles),
    remove: async () => {
      await Promise.all([secretsManager.stop(), lambda.stop()]);
      await rm(folder, { recursive: true });
    },
  };
}

export function bucketNames({ bucket, exports }: Installation): BucketNames {
  return { attachments: bucket.name, exports: exports.name };
}

export function upstreamOf({ tables, bucket, secretsManager, lambda }: Installation): Upstream {
  return {
    dynamoDb: tables.endpoint,
    s3: bucket.endpoint,
    secretsManager: secretsManager.url,
    lambda: lambda.url,
  };
}

export const SECRET_ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:first-credential';

function secrets(): Parameters<typeof startLoopbackServer>[0] {
  let signingKeys = '{"keys":[]}';
  return ({ body }) => {
    const { SecretId: ARN, SecretString: given }: { SecretId: string; SecretString?: string } = JSON.parse(body);
    if (ARN === SIGNING_KEYS_ARN) signingKeys = given ?? signingKeys;
    const value = ARN === SIGNING_KEYS_ARN ? signingKeys : aSecretValue();
    return { status: 200, body: JSON.stringify({ ARN, SecretString: value }) };
  };
}

function aSecretValue(): string {
  return JSON.stringify({ key: 'first', secret: randomBytes(32).toString('hex') });
}

/** A function that runs as it is deployed, in a process of its own, under its own policy. */
export interface RecordedFunction {
  readonly recorder: Recorder;
  /** Calls it as Lambda does. @returns JSON. @throws Error with what it has printed when it does not answer. */
  readonly invoke: (event: unknown) => Promise<string>;
  /** A request of version 1.0.3, as the credential `key` unless the options say otherwise. */
  readonly send: (options: EventOptions) => Promise<APIGatewayProxyStructuredResultV2>;
  /** What each process that has ended had run of the bundle. */
  readonly runs: readonly (readonly CountedRange[])[];
  /** Ends the process, whatever it is doing, and starts another. */
  readonly restart: () => Promise<void>;
  stop(): Promise<void>;
}

/** What a function is put through. */
export type Scenario = (recorded: RecordedFunction, installation: Installation) => Promise<void>;

export async function startRecorded(
  name: FunctionName,
  policy: Policy,
  installation: Installation,
): Promise<RecordedFunction> {
  const { bundles } = installation;
  const recorder = await startRecorder(policy, upstreamOf(installation));
  const variables = variablesOf(installation, recorder.endpoint);
  let running = await launch(bundles[name] ?? '', variables);
  const invoke: RecordedFunction['invoke'] = (event) => running.invoke(event);
  const runs: (readonly CountedRange[])[] = [];
  return {
    recorder,
    runs,
    invoke,
    send: async ({ headers, ...options }) => {
      const authorized = { authorization: basic('key', 'secret'), ...headers };
      const event = anEvent({ path: pathOf(name), ...options, headers: authorized });
      const result: APIGatewayProxyStructuredResultV2 = JSON.parse(await invoke(event));
      return result;
    },
    restart: async () => {
      runs.push(await running.end());
      running = await launch(bundles[name] ?? '', variables);
    },
    stop: async () => {
      runs.push(await running.end());
      await recorder.stop();
    },
  };
}

function variablesOf({ tables, bucket, exports }: Installation, endpoint: string): Readonly<Record<string, string>> {
  const variables = {
    STATEMENTS_TABLE: tables.names.statements,
    DOCUMENTS_TABLE: tables.names.documents,
    REGISTRY_TABLE: tables.names.registry,
    ATTACHMENTS_BUCKET: bucket.name,
    AWS_REGION: ENGINE_ACCESS.region,
    DYNAMODB_ENDPOINT: endpoint,
    S3_ENDPOINT: endpoint,
    FIRST_CREDENTIAL_SECRET: SECRET_ARN,
    LRS_HOME_PAGE: 'https://lrs.example/xapi',
    LRS_PUBLIC_URL: 'https://lrs.example',
    LRS_ISSUER: TEST_ISSUER,
    SIGNING_KEYS_SECRET: SIGNING_KEYS_ARN,
    EXPORTS_BUCKET: exports.name,
    LRS_LAKE_GRACE_MS: '0',
    LAKE_COMPACTOR_FUNCTION: 'lake-compactor',
    JOBS_FUNCTION: 'jobs',
    LAMBDA_ENDPOINT: endpoint,
  } satisfies Partial<Record<EnvironmentName, string>>;
  return {
    ...variables,
    AWS_ACCESS_KEY_ID: 'recorded',
    AWS_SECRET_ACCESS_KEY: 'recorded',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint,
  };
}

/** One that the function serves, if it serves any. */
function pathOf(name: FunctionName): string {
  if (name === 'admin') return '/admin/v1/whoami';
  if (name === 'oauth') return '/oauth/token';
  return `/xapi/${name.replace('-', '/')}`;
}

interface Answer {
  /** 0: it is loaded. */
  readonly id: number;
  readonly result: string;
  readonly error?: string;
}

interface RunningFunction {
  readonly invoke: RecordedFunction['invoke'];
  /** Whatever it is doing. @returns what it has run, nothing if it had ended before. */
  end(): Promise<readonly CountedRange[]>;
}

async function launch(bundle: string, variables: Readonly<Record<string, string>>): Promise<RunningFunction> {
  const child = fork(CHILD, [pathToFileURL(bundle).href], {
    env: variables,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const printed = printedBy(child);
  const ended = once(child, 'close');
  const waiting = new Map<number, PromiseWithResolvers<string>>();
  const wait = (id: number): Promise<string> => {
    const answer = Promise.withResolvers<string>();
    waiting.set(id, answer);
    return answer.promise;
  };
  child.on('message', ({ id, result, error }: Answer) => {
    if (error === undefined) waiting.get(id)?.resolve(result);
    else waiting.get(id)?.reject(new Error(`${error}\n${printed()}`));
    waiting.delete(id);
  });
  child.once('close', () => {
    for (const answer of waiting.values()) answer.reject(new Error(`The function has ended. ${printed()}`));
  });
  await wait(0);
  let questions = 0;
  const ask = (question: { readonly event?: unknown }): Promise<string> => {
    questions += 1;
    const answer = wait(questions);
    // When the process has ended meanwhile, its end is the answer.
    child.send({ id: questions, ...question }, () => {});
    return answer;
  };
  return {
    invoke: (event) => ask({ event }),
    end: async () => {
      const coverage = child.connected ? await ask({}).catch(() => '[]') : '[]';
      child.kill('SIGKILL');
      await ended;
      const ranges: readonly CountedRange[] = JSON.parse(coverage);
      return ranges;
    },
  };
}

function printedBy(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return () => text;
}

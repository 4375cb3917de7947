import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynamoDb } from '#local/dynamodb-engine.ts';
import { functionVariables, SIGNING_KEYS } from '#local/function-variables.ts';
import { provision } from '#local/provision.ts';
import { startLambda } from '#local/lambda/server.ts';
import { startS3 } from '#local/s3/server.ts';
import { startSecretsManager } from '#local/secrets-manager/server.ts';
import { readSettings } from '#local/settings.ts';
import type { EnvironmentName } from '#runtime/environment-names.ts';

/** What functions work on: the embedded DynamoDB and S3, with tables, buckets and a credential. */
export interface Engines {
  /** All that stands in the environment of a function. */
  readonly variables: Readonly<Record<string, string>>;
  /** The header. */
  readonly authorization: string;
  readonly basePath: string;
}

/** What is different where the functions are deployed; the secret is not asked for. */
const DEPLOYED = {
  LRS_CONSISTENCY: 'bounded',
  FIRST_CREDENTIAL_SECRET: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:first-credential',
  LRS_HOME_PAGE: 'https://lrs.example.com/xapi',
} satisfies Partial<Record<EnvironmentName, string>>;

/** @param stack stops them and deletes their data. */
export async function startEngines(stack: AsyncDisposableStack): Promise<Engines> {
  const folder = await mkdtemp(join(tmpdir(), 'lrs-cold-'));
  stack.defer(() => rm(folder, { recursive: true }));
  const dynamoDb = await startDynamoDb({ file: join(folder, 'dynamodb.sqlite') });
  stack.defer(() => dynamoDb.stop());
  const s3 = await startS3({ directory: join(folder, 's3') });
  stack.defer(() => s3.stop());

  const secretsManager = await startSecretsManager({ file: join(folder, 'secrets.json'), names: [SIGNING_KEYS] });
  stack.defer(() => secretsManager.stop());
  const lambda = await startLambda({ functions: {} });
  stack.defer(() => lambda.stop());

  const settings = readSettings({}, folder);
  const endpoints = {
    lrs: 'http://127.0.0.1:8080',
    dynamoDb: dynamoDb.endpoint,
    s3: s3.endpoint,
    secretsManager: secretsManager.endpoint,
    lambda: lambda.endpoint,
  };
  const variables = functionVariables(settings, endpoints, {});
  // The SDK takes the access keys from there.
  Object.assign(process.env, variables);
  const credential = { key: 'bench', secret: randomBytes(16).toString('hex') };
  await provision({ region: variables['AWS_REGION'] ?? '', ...endpoints }, credential);
  return {
    variables: { ...variables, ...DEPLOYED },
    authorization: `Basic ${Buffer.from(`${credential.key}:${credential.secret}`).toString('base64')}`,
    basePath: settings.basePath,
  };
}

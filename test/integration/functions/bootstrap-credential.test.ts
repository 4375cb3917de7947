import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Credential } from '#access/credential.ts';
import { DynamoDbRegistryReader } from '#storage/dynamodb/registry/registry-reader.ts';
import { freshTables } from '#test/support/engine.ts';
import { jsonOf, startFunctions } from '#test/support/function-handlers.ts';
import { basic } from '#test/support/gateway-events.ts';
import { type LoopbackServer, startLoopbackServer } from '#test/support/loopback-server.ts';
import { aStatement } from '#test/support/statements.ts';

const ARN = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:FirstCredential-a1b2c3';
const FIRST = 'FirstSecretOfSixtyFourCharacters'.repeat(2);
const SECOND = 'SecondSecretChosenByAnAdministra'.repeat(2);
const KEY = 'first-lrs-prod';
const REQUEST = { StackId: 'arn:stack', RequestId: 'request-1', LogicalResourceId: 'FirstCredential' };

let handler: (event: unknown) => Promise<unknown>;
let store: DynamoDbRegistryReader;
let secretsManager: LoopbackServer;
let cloudFormation: LoopbackServer;
const log: string[] = [];

/** What Secrets Manager answers. */
let secret: { status: number; body: string };
let answerStatus: number;

function secretValue(key: string, value: string): { status: number; body: string } {
  return { status: 200, body: JSON.stringify({ ARN, SecretString: JSON.stringify({ key, secret: value }) }) };
}

function deployment(RequestType: 'Create' | 'Update' | 'Delete'): CloudFormationCustomResourceEvent {
  const ResourceProperties = { ServiceToken: 'arn:function' };
  const common = { ...REQUEST, ServiceToken: 'arn:function', ResourceType: 'Custom::FirstCredential' };
  const event = { ...common, ResponseURL: `${cloudFormation.url}/answer?Signature=x`, ResourceProperties };
  if (RequestType === 'Create') return { ...event, RequestType };
  const existing = { ...event, PhysicalResourceId: 'as-it-was' };
  return RequestType === 'Delete'
    ? { ...existing, RequestType }
    : { ...existing, RequestType, OldResourceProperties: ResourceProperties };
}

/** Calls the function as CloudFormation does. @returns what CloudFormation is told. */
async function deploy(
  requestType: 'Create' | 'Update' | 'Delete' = 'Create',
): Promise<CloudFormationCustomResourceResponse> {
  await handler(deployment(requestType));
  const answer: CloudFormationCustomResourceResponse = JSON.parse(cloudFormation.received.at(-1)?.body ?? '');
  return answer;
}

async function registered(): Promise<Credential> {
  const credential = await store.get(KEY);
  if (credential === undefined) throw new Error('The credential is not registered.');
  return credential;
}

async function statusFor(secret: string): Promise<number | undefined> {
  const functions = await startFunctions([await registered()]);
  return (await functions.send('/statements', { headers: { authorization: basic(KEY, secret) } })).statusCode;
}

beforeAll(async () => {
  secretsManager = await startLoopbackServer(() => secret);
  cloudFormation = await startLoopbackServer(() => ({ status: answerStatus }));
  const { client, names, endpoint } = await freshTables();
  store = new DynamoDbRegistryReader(client, names.registry);
  const variables = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'the-role',
    AWS_SECRET_ACCESS_KEY: 'of-the-function',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
    DYNAMODB_ENDPOINT: endpoint,
    REGISTRY_TABLE: names.registry,
    FIRST_CREDENTIAL_SECRET: ARN,
    LRS_HOME_PAGE: 'https://lrs.example/xapi',
    LOG_LEVEL: 'debug',
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  ({ handler } = await import('#functions/bootstrap-credential/index.ts'));
});

beforeEach(() => {
  secret = secretValue(KEY, FIRST);
  answerStatus = 200;
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => log.push(String(line)) > 0);
});

afterEach(() => {
  vi.restoreAllMocks();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([secretsManager.stop(), cloudFormation.stop()]);
});

describe('the first credential, on deployment', () => {
  it('is registered as the secret has it', async () => {
    expect(await deploy()).toEqual({ ...REQUEST, Status: 'SUCCESS', PhysicalResourceId: 'first-credential' });
    const functions = await startFunctions([await registered()]);
    const headers = { authorization: basic(KEY, FIRST), 'content-type': 'application/json' };
    const id = '6f0a1b2c-3d4e-4f50-8a6b-7c8d9e0f1a2b';
    const body = JSON.stringify(aStatement({ id }));
    expect(await functions.send('/statements', { method: 'POST', headers, body })).toMatchObject({ statusCode: 200 });
    expect(jsonOf(await functions.send('/statements', { query: { statementId: id }, headers }))).toMatchObject({
      authority: { objectType: 'Agent', account: { homePage: 'https://lrs.example/xapi', name: KEY } },
    });
    expect((await registered()).label).toBe(`from ${ARN}`);
  });

  it('is read by one signed request for this secret', () => {
    expect(secretsManager.received).toHaveLength(1);
    expect(secretsManager.received[0]).toMatchObject({
      method: 'POST',
      headers: {
        'x-amz-target': 'secretsmanager.GetSecretValue',
        'content-type': 'application/x-amz-json-1.1',
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=the-role\/\d{8}\/us-east-1\/secretsmanager\/aws4_request, SignedHeaders=[\w;-]*\bhost\b[\w;-]*\bx-amz-target\b[\w;-]*, Signature=[0-9a-f]{64}$/u,
        ),
      },
      body: JSON.stringify({ SecretId: ARN }),
    });
  });

  it('is answered without a content type, for which the URL is not signed', () => {
    expect(cloudFormation.received[0]?.method).toBe('PUT');
    expect(cloudFormation.received[0]?.headers).not.toHaveProperty('content-type');
  });

  it('stays as it is when the deployment is repeated or updated', async () => {
    const before = await registered();
    expect(await deploy('Create')).toMatchObject({ Status: 'SUCCESS' });
    expect(await deploy('Update')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'as-it-was' });
    expect(await registered()).toEqual(before);
  });

  it('stays when the deployment is deleted', async () => {
    const before = await registered();
    const reads = secretsManager.received.length;
    expect(await deploy('Delete')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'as-it-was' });
    expect(await registered()).toEqual(before);
    expect(secretsManager.received).toHaveLength(reads);
  });

  it('fails the deployment when the secret holds something else', async () => {
    secret = { status: 200, body: JSON.stringify({ ARN, SecretString: `not JSON: ${FIRST}` }) };
    expect(await deploy()).toEqual({
      ...REQUEST,
      Status: 'FAILED',
      Reason: `The first credential is not registered. The value of the secret ${ARN} has to be JSON, an object with the texts key and secret.`,
      PhysicalResourceId: 'first-credential',
    });
  });

  it.each([
    ['may not be read', 400, { __type: 'AccessDeniedException', Message: 'no' }, 'AccessDeniedException, no.'],
    ['is deleted', 400, { __type: 'InvalidRequestException', Message: 'deleted' }, 'InvalidRequestException, deleted.'],
    ['is binary', 200, { ARN, SecretBinary: 'AAAA' }, 'its value is not a text.'],
  ])('fails the deployment when the secret %s', async (_, status, body, reason) => {
    secret = { status, body: JSON.stringify(body) };
    expect(await deploy()).toMatchObject({
      Status: 'FAILED',
      Reason: `The first credential is not registered. The secret ${ARN} cannot be read: ${reason}`,
    });
  });

  it('fails the deployment without a quotation when the answer cannot be understood', async () => {
    secret = { status: 200, body: FIRST };
    expect(await deploy()).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(ARN) });
  });

  it('fails the call when the answer is refused, so that Lambda repeats it', async () => {
    answerStatus = 403;
    await expect(handler(deployment('Create'))).rejects.toThrow('refused with status 403');
  });
});

describe('the first credential, after its secret was given another value', () => {
  it('takes the new secret by a call with any event, and hands out the same links', async () => {
    const before = await registered();
    secret = secretValue(KEY, SECOND);
    expect(await handler({})).toEqual({ key: KEY, credential: 'changed' });
    expect((await registered()).linkSecret).toBe(before.linkSecret);
    expect([await statusFor(FIRST), await statusFor(SECOND)]).toEqual([401, 200]);
    expect(await handler(null)).toEqual({ key: KEY, credential: 'unchanged' });
  });

  it('is left as administrators made it, and who calls is told how to go on', async () => {
    secret = secretValue(KEY, FIRST);
    const before = await registered();
    const superseded = { key: KEY, credential: 'superseded', advice: expect.stringContaining('another value') };
    expect(await handler({})).toEqual(superseded);
    expect(await deploy('Update')).toMatchObject({ Status: 'SUCCESS' });
    expect(await registered()).toEqual(before);
    expect([await statusFor(FIRST), await statusFor(SECOND)]).toEqual([401, 200]);
    expect(log.at(-1)).toContain('"message":"first credential superseded"');
  });

  it('fails a call by hand with the sentence that a deployment would fail with', async () => {
    secret = { status: 200, body: JSON.stringify({ ARN, SecretString: '{}' }) };
    await expect(handler({})).rejects.toThrow(`The value of the secret ${ARN} has to be JSON`);
  });
});

describe('the log and the answers to CloudFormation', () => {
  it('tell what happened, and neither a secret nor a hash', async () => {
    const { secrets, linkSecret } = await registered();
    const proofs = secrets.flatMap(({ salt, secretHash }) => [salt, secretHash]);
    expect(proofs).toHaveLength(2);
    const text = [...log, ...cloudFormation.received.map(({ body }) => body)].join('\n');
    for (const hidden of [FIRST.slice(0, 8), SECOND.slice(0, 8), ...proofs, linkSecret]) {
      expect(text).not.toContain(hidden);
    }
    for (const registration of ['added', 'changed', 'unchanged', 'superseded'])
      expect(text).toContain(`"credential":"${registration}"`);
    expect(text).toContain('"message":"first credential not registered"');
    expect(text).not.toContain('Signature=');
  });
});

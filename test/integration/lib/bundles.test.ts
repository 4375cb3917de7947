import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callBundle } from '#bench/cold/call-bundle.ts';
import type { GatewayEvent } from '#http/gateway/read-event.ts';
import { bundleFunctions } from '#lib/bundle/bundle-functions.ts';
import { type FunctionName, RIGHTS } from '#lib/rights.ts';
import type { EnvironmentName } from '#runtime/environment-names.ts';
import { storeCredentials } from '#test/support/stored-credentials.ts';
import { aCredential } from '#test/support/credentials.ts';
import { ENGINE_ACCESS, type FreshBucket, freshBucket, freshTables } from '#test/support/engine.ts';
import { jsonOf, textOf } from '#test/support/function-handlers.ts';
import { anEvent, basic, type EventOptions } from '#test/support/gateway-events.ts';
import { startLoopbackServer } from '#test/support/loopback-server.ts';
import { aMultipart } from '#test/support/multipart.ts';
import { anAttachment } from '#test/support/signed-statements.ts';
import { anActivity, anAgent, aStatement } from '#test/support/statements.ts';

const AGENT = JSON.stringify(anAgent('ann'));
const ACTIVITY = anActivity('meeting').id;

/** Goes to S3. */
const LARGE = Buffer.alloc(200_000, 'large ');

let folder: string;
let files: Readonly<Record<string, string>>;
let bucket: FreshBucket;
let variables: Readonly<Partial<Record<EnvironmentName, string>> & Record<string, string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrs-bundles-'));
  const [tables, fresh, directories] = await Promise.all([
    freshTables(),
    freshBucket(),
    bundleFunctions(folder, Object.keys(RIGHTS)),
  ]);
  bucket = fresh;
  files = Object.fromEntries(Object.entries(directories).map(([name, path]) => [name, join(path, 'index.mjs')]));
  await storeCredentials(tables, aCredential());
  variables = {
    STATEMENTS_TABLE: tables.names.statements,
    DOCUMENTS_TABLE: tables.names.documents,
    REGISTRY_TABLE: tables.names.registry,
    ATTACHMENTS_BUCKET: bucket.name,
    AWS_REGION: ENGINE_ACCESS.region,
    DYNAMODB_ENDPOINT: tables.endpoint,
    S3_ENDPOINT: bucket.endpoint,
    LRS_CONSISTENCY: 'in-process',
    LRS_ISSUER: 'urn:serverless-lrs:bundles',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
  };
});

afterAll(() => rm(folder, { recursive: true }));

const requestOf = ({ headers, ...options }: EventOptions): GatewayEvent =>
  anEvent({ ...options, headers: { authorization: basic('key', 'secret'), ...headers } });

/** Sends requests, one after the other, to the bundle in a fresh process. */
async function send(
  name: FunctionName,
  requests: readonly EventOptions[],
): Promise<readonly APIGatewayProxyStructuredResultV2[]> {
  const { results } = await callBundle(files[name] ?? '', variables, requests.map(requestOf));
  return results.map(({ result }) => result);
}

describe('a bundle, in a fresh process', () => {
  it('of statements takes an attachment and gives it back', async () => {
    const content = Buffer.from('certificate');
    const id = randomUUID();
    const { headers, body } = aMultipart(aStatement({ id, attachments: [anAttachment(content)] }), [content]);
    const [stored, read, found] = await send('statements', [
      { method: 'POST', headers, body },
      { query: { statementId: id, attachments: 'true' } },
      { query: { agent: AGENT, attachments: 'true' } },
    ]);
    expect(stored).toMatchObject({ statusCode: 200 });
    expect(read).toMatchObject({ statusCode: 200 });
    expect(textOf(read ?? {})).toContain('\r\n\r\ncertificate\r\n');
    expect(textOf(found ?? {})).toContain('\r\n\r\ncertificate\r\n');
  });

  it('of statements keeps a statement that is too large for DynamoDB', async () => {
    const id = randomUUID();
    const texts = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, n) => [`http://example.com/${n}`, randomUUID()]),
    );
    const statement = aStatement({ id, result: { extensions: texts } });
    const [stored, read] = await send('statements', [
      {
        method: 'PUT',
        query: { statementId: id },
        body: JSON.stringify(statement),
        headers: { 'content-type': 'application/json' },
      },
      { query: { statementId: id } },
    ]);
    expect(stored).toMatchObject({ statusCode: 204 });
    expect(jsonOf(read ?? {})).toMatchObject({ id, result: { extensions: texts } });
  });

  it('of statements refuses what its schema does not let through', async () => {
    const body = JSON.stringify({ ...aStatement(), verb: { id: 'no IRI' } });
    const [refused] = await send('statements', [
      { method: 'POST', body, headers: { 'content-type': 'application/json' } },
    ]);
    expect(refused).toMatchObject({ statusCode: 400 });
    expect(jsonOf(refused ?? {})).toMatchObject({ path: '$.verb.id' });
  });

  it.each([
    ['activities-state', '/xapi/activities/state', { activityId: ACTIVITY, agent: AGENT, stateId: 'large' }],
    ['activities-profile', '/xapi/activities/profile', { activityId: ACTIVITY, profileId: 'large' }],
    ['agents-profile', '/xapi/agents/profile', { agent: AGENT, profileId: 'large' }],
  ] as const)('of %s keeps, gives back and deletes a large document', async (name, path, query) => {
    const headers = { 'content-type': 'text/plain', 'if-none-match': '*' };
    const [put, get, deleted, gone] = await send(name, [
      { method: 'PUT', path, query, headers, body: LARGE },
      { path, query },
      { method: 'DELETE', path, query },
      { path, query },
    ]);
    expect(put).toMatchObject({ statusCode: 204 });
    expect(get).toMatchObject({ statusCode: 200 });
    expect(textOf(get ?? {})).toBe(LARGE.toString());
    expect(deleted).toMatchObject({ statusCode: 204 });
    expect(gone).toMatchObject({ statusCode: 404 });
  });

  it('of agents and of activities answers with what is known', async () => {
    const [person] = await send('agents', [{ path: '/xapi/agents', query: { agent: AGENT } }]);
    expect(jsonOf(person ?? {})).toMatchObject({ objectType: 'Person', mbox: ['mailto:ann@example.com'] });
    const [activity] = await send('activities', [{ path: '/xapi/activities', query: { activityId: ACTIVITY } }]);
    expect(jsonOf(activity ?? {})).toMatchObject({ objectType: 'Activity', id: ACTIVITY });
  });

  it('of about answers everybody', async () => {
    const [about] = await send('about', [{ path: '/xapi/about', headers: { authorization: undefined } }]);
    expect(jsonOf(about ?? {})).toMatchObject({ version: expect.arrayContaining(['2.0.0', '1.0.3']) });
  });

  it('signs with the credentials in its environment, session token included', async () => {
    const s3 = await startLoopbackServer(() => ({ status: 200 }));
    const dynamoDb = await startLoopbackServer(() => ({ status: 200, body: '{}' }));
    const query = { activityId: ACTIVITY, agent: AGENT, stateId: 'signed' };
    const put = requestOf({ method: 'PUT', path: '/xapi/activities/state', query, body: LARGE });
    const file = files['activities-state'] ?? '';
    const [toS3] = (await callBundle(file, { ...variables, S3_ENDPOINT: s3.url }, [put])).results;
    const [toDynamoDb] = (await callBundle(file, { ...variables, DYNAMODB_ENDPOINT: dynamoDb.url }, [put])).results;
    expect(toS3?.result.statusCode).toBe(204);
    expect(toDynamoDb?.result.statusCode).toBe(401);
    for (const { received } of [s3, dynamoDb]) {
      expect(received[0]?.headers).toMatchObject({
        authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d{8}\/us-east-1\//u),
        'x-amz-security-token': 'token',
      });
    }
    await Promise.all([s3.stop(), dynamoDb.stop()]);
  });
});

import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { hourOf } from '#access/counted-event.ts';
import { DEFAULT_STORE } from '#access/store.ts';
import { DynamoDbEventNotes } from '#storage/dynamodb/event-notes.ts';
import { DynamoDbEventCounters } from '#storage/dynamodb/event-counters.ts';
import { DynamoDbTicketStore } from '#storage/dynamodb/ticket-store.ts';
import { S3ObjectStore } from '#storage/s3/object-store.ts';
import { putTicket } from '#tokens/tickets.ts';
import { textOf } from '#test/support/function-handlers.ts';
import { basic } from '#test/support/gateway-events.ts';
import { SIGNING_KEYS_ARN } from '#test/support/recording-calls.ts';
import { someClaims } from '#test/support/tokens.ts';
import type { Installation, RecordedFunction, Scenario } from '#test/support/recording-function.ts';

const HOUR = 3_600_000;

const UNKNOWN_TICKET = Buffer.alloc(32).toString('base64url');

const ISSUER = { issuer: 'https://issuer.example.com', audiences: ['lrs'], scopes: ['all'], store: DEFAULT_STORE };

/** Some who are not let in: by a secret, and by a token of an issuer. */
export const strangers: Scenario = async ({ send }) => {
  const claims = Buffer.from(JSON.stringify({ iss: ISSUER.issuer })).toString('base64url');
  const token = `Bearer ${Buffer.from('{"alg":"ES256"}').toString('base64url')}.${claims}.c2lnbmF0dXJl`;
  for (const authorization of [undefined, basic('stranger', 'secret'), basic('key', 'wrong'), token]) {
    expect(await send({ headers: { authorization } })).toMatchObject({ statusCode: 401 });
  }
};

/** A token of the LRS is let in, and a request without a version, when its store has one for such requests. */
export const bearers: Scenario = async ({ send }, { token }) => {
  const refused = [401, 403, 500];
  const { statusCode } = await send({ headers: { authorization: `Bearer ${token}` } });
  expect(refused).not.toContain(statusCode);
  expect(await send({ headers: { 'x-experience-api-version': undefined } })).toMatchObject({ statusCode: 400 });
};

interface Asked {
  readonly status: number;
  readonly body?: object;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks the management API. @returns the body of the answer. */
async function manage(
  { send }: RecordedFunction,
  method: string,
  path: string,
  { status, body, query = {}, headers = {} }: Asked = { status: 200 },
): Promise<string> {
  const type = body !== undefined && { 'content-type': 'application/json' };
  const result = await send({
    method,
    path: `/admin/v1${path}`,
    query,
    headers: { ...type, ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect([method, path, result.statusCode, result.statusCode === status ? '' : textOf(result)]).toEqual([
    method,
    path,
    status,
    '',
  ]);
  return result.body === undefined ? '' : textOf(result);
}

/** Stores, credentials and issuers: made, made again, listed, changed and deleted, and the audit of all of it. */
export const management: Scenario = async (recorded) => {
  const ask = manage.bind(undefined, recorded);
  const store = { status: 201, body: { id: 'acme', name: 'Acme' }, headers: { 'idempotency-key': 'store' } };
  for (const _ of ['made', 'sent again']) await ask('POST', '/stores', store);
  await ask('PATCH', '/stores/acme', { status: 200, body: { name: 'Acme Corporation' } });

  await ask('POST', '/credentials', {
    status: 201,
    body: { key: 'content', scopes: ['all'] },
    query: { store: 'acme' },
  });
  await ask('PATCH', '/credentials/content', { status: 200, body: { label: 'Content' } });
  await ask('POST', '/credentials/content/rotate');
  await ask('POST', '/credentials/content/revoke-tokens');

  await ask('POST', '/issuers', { status: 201, body: { ...ISSUER, id: 'school' } });
  await ask('PUT', '/issuers/school', { status: 200, body: { ...ISSUER, disabled: true } });

  const lists = ['/whoami', '/stores', '/credentials?store=acme', '/issuers', '/audit', '/audit/head', '/signing-keys'];
  for (const path of [...lists, '/stores/acme', '/credentials/content', '/issuers/school']) {
    const [name = '', query = ''] = path.split('?');
    await ask('GET', name, { status: 200, query: Object.fromEntries(new URLSearchParams(query)) });
  }
  for (const path of ['/credentials/content', '/issuers/school']) await ask('DELETE', path, { status: 204 });
};

/** Exports and backfills: made, listed, cancelled; links to files, and what the lake has. */
export const exporting: Scenario = async (recorded, { exports }) => {
  const ask = manage.bind(undefined, recorded);
  const objects = new S3ObjectStore(exports.bucket, exports.name);
  const id = idIn(await ask('POST', '/exports', { status: 201, body: {} }));
  await objects.put(`exports/${DEFAULT_STORE}/${id}/attachments/content`, Buffer.from('content'));
  const files: { items: readonly { url: string }[] } = JSON.parse(await ask('GET', `/exports/${id}/files`));
  expect(files.items).toHaveLength(1);
  for (const { url } of files.items) expect(await (await fetch(url)).text()).toBe('content');

  const backfill = idIn(await ask('POST', '/lake/backfills', { status: 201, body: {} }));
  await objects.put(`lake/current/statements/store=${DEFAULT_STORE}/dt=2026-01-01/manifest`, Buffer.from(''));
  const paths = ['/exports', `/exports/${id}`, '/lake', '/lake/backfills', `/lake/backfills/${backfill}`];
  for (const path of paths) await ask('GET', path);
  for (const path of [`/exports/${id}`, `/lake/backfills/${backfill}`]) await ask('DELETE', path, { status: 204 });
};

function idIn(text: string): string {
  const { id }: { id: string } = JSON.parse(text);
  return id;
}

/** Leaves nothing to sign with. */
async function forgetKeys({ secretsManager }: Installation): Promise<void> {
  const body = JSON.stringify({ SecretId: SIGNING_KEYS_ARN, SecretString: '{"keys":[]}' });
  await fetch(secretsManager.url, { method: 'POST', body });
}

/** Tokens, for whom it asks and for a fetch URL, signed with a key that has to be made first, and with the next one. */
export const minting: Scenario = async (recorded) => {
  const mint = { status: 201, body: { scopes: ['all'], fetch: true } };
  await manage(recorded, 'POST', '/tokens', mint);
  await manage(recorded, 'POST', '/signing-keys/rotate');
  await recorded.restart();
  await manage(recorded, 'POST', '/tokens', mint);
};

/** Tokens for the secret of a credential, one of a fetch URL, one of a URL that there is not, and the keys to verify them. */
export const issuing: Scenario = async ({ send, restart }, installation) => {
  await forgetKeys(installation);
  const ask = {
    method: 'POST',
    path: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials&scope=statements%2Fwrite',
  };
  expect(await send(ask)).toMatchObject({ statusCode: 200 });
  await restart();
  expect(await send(ask)).toMatchObject({ statusCode: 200 });
  expect(await send({ ...ask, headers: { ...ask.headers, authorization: basic('key', 'wrong') } })).toMatchObject({
    statusCode: 401,
  });
  const { client, names } = installation.tables;
  const tickets = new DynamoDbTicketStore(client, names.registry, randomUUID);
  const ticket = await putTicket({ tickets, now: Date.now }, someClaims({ expires: Date.now() + HOUR }));
  for (const [sent, answer] of [
    [ticket, 'auth-token'],
    [UNKNOWN_TICKET, 'error-code'],
  ]) {
    const result = await send({ method: 'POST', path: `/oauth/fetch/${sent}` });
    expect(result).toMatchObject({ statusCode: 200, body: expect.stringContaining(`"${answer}"`) });
  }
  expect(await send({ path: '/.well-known/jwks.json' })).toMatchObject({ statusCode: 200 });
};

/** What was counted in an hour that is over. */
export const sealing: Scenario = async ({ invoke }, { tables }) => {
  const counters = new DynamoDbEventCounters(tables.client, tables.names.registry);
  const hour = hourOf(Date.now() - 2 * HOUR);
  await counters.add(hour, {
    store: DEFAULT_STORE,
    action: 'authentication-failed',
    reason: 'unknown-or-wrong',
    counts: { events: 3 },
  });
  await new DynamoDbEventNotes(tables.client, tables.names.registry).note({
    id: 'voiding',
    event: { store: DEFAULT_STORE, time: Date.now(), action: 'statement-voided', result: 'done' },
  });
  expect(JSON.parse(await invoke({}))).toMatchObject({
    // And what other functions have left.
    sealed: expect.toSatisfy((sealed: number) => sealed >= 2),
    failed: 0,
    complete: true,
  });
  expect(JSON.parse(await invoke({}))).toMatchObject({ sealed: 0 });
};

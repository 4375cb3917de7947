import { beforeAll, describe, expect, it } from 'vitest';
import type { SecretProof } from '#access/credential.ts';
import { hashSecret } from '#storage/credential-secret.ts';
import { aCredential } from '#test/support/credentials.ts';
import { jsonOf } from '#test/support/function-handlers.ts';
import { basic } from '#test/support/gateway-events.ts';
import { aStatement } from '#test/support/statements.ts';
import { type LrsUnderAttack, lrsUnderAttack, REVOKED, toldBy } from './lrs-under-attack.ts';

const SALT = '00'.repeat(16);

let lrs: LrsUnderAttack;

beforeAll(async () => {
  lrs = await lrsUnderAttack();
});

const status = async (key: string, secret: string): Promise<number | undefined> =>
  (await lrs.ask(basic(key, secret))).statusCode;

const from = async (key: string, origin: string | undefined): Promise<number | undefined> =>
  (await lrs.ask(basic(key, 'secret'), { headers: { origin } })).statusCode;

const proof = (secret: string): SecretProof => ({ salt: SALT, secretHash: hashSecret(SALT, secret) });

describe('a credential', () => {
  it.each([
    ['that is disabled', { disabled: true }],
    ['that has expired', { expires: 1 }],
    ['whose only secret has expired', { secrets: [{ ...proof('secret'), expires: 1 }] }],
    ['that has no secret', { secrets: [] }],
  ])('%s is refused in the words for an unknown one', async (state, changes) => {
    await lrs.replace(aCredential({ key: state, ...changes }));
    const [refused, unknown] = [await lrs.ask(basic(state, 'secret')), await lrs.ask(basic('nobody', 'secret'))];
    expect(toldBy(refused)).toEqual(toldBy(unknown));
    expect(refused).toMatchObject({ statusCode: 401 });
  });

  it('has two secrets while it is rotated, each until it expires', async () => {
    const expires = lrs.now() + 120_000;
    await lrs.replace(aCredential({ key: 'rotated', secrets: [proof('new'), { ...proof('old'), expires }] }));
    expect(await Promise.all([status('rotated', 'new'), status('rotated', 'old')])).toEqual([200, 200]);
    expect(await status('rotated', 'older')).toBe(401);
    lrs.pass(119_999);
    expect(await status('rotated', 'old')).toBe(200);
    lrs.pass(1);
    expect(await Promise.all([status('rotated', 'new'), status('rotated', 'old')])).toEqual([200, 401]);
  });

  it('takes a new secret at once, however long it is known with the old one', async () => {
    await lrs.replace(aCredential({ key: 'renewed', secrets: [proof('old')] }));
    expect(await status('renewed', 'old')).toBe(200);
    await lrs.replace(aCredential({ key: 'renewed', secrets: [proof('new')] }));
    lrs.pass(2_000);
    expect(await status('renewed', 'new')).toBe(200);
    expect(await status('renewed', 'old')).toBe(401);
  });

  it('that is disabled in the middle of a walk loses the rest of it, within the promised time', async () => {
    await lrs.replace(aCredential({ key: 'walker' }));
    const headers = { 'content-type': 'application/json', authorization: basic('walker', 'secret') };
    const body = JSON.stringify(Array.from({ length: 6 }, () => aStatement()));
    expect(await lrs.send('/statements', { method: 'POST', headers, body })).toMatchObject({ statusCode: 200 });
    const first = jsonOf(await lrs.ask(basic('walker', 'secret'), { query: { limit: '2' } }));
    const second = jsonOf(await lrs.ask(basic('walker', 'secret'), { query: queryOf(first) }));
    expect(second).toMatchObject({ statements: [{}, {}] });
    await lrs.replace(aCredential({ key: 'walker', disabled: true }));
    lrs.pass(REVOKED);
    expect(await lrs.ask(basic('walker', 'secret'), { query: queryOf(second) })).toMatchObject({ statusCode: 401 });
  });

  it('tells the audit, and nobody else, why it was refused', async () => {
    await lrs.replace(aCredential({ key: 'watched' }));
    await lrs.ask(basic('watched', 'p4ssword'), { source: '203.0.113.7' });
    expect(lrs.failures.at(-1)).toEqual({
      reason: 'unknown-or-wrong',
      source: '203.0.113.7',
      known: { store: 'default', key: 'watched' },
    });
    await lrs.ask(basic('unwatched', 'p4ssword'), { source: '203.0.113.7' });
    expect(lrs.failures.at(-1)).toEqual({ reason: 'unknown-or-wrong', source: '203.0.113.7' });
    expect(lrs.log.join() + JSON.stringify(lrs.failures)).not.toMatch(/p4ssword|unwatched/u);
  });
});

/** The query string of a `more` link. */
function queryOf(page: unknown): string {
  const { more } = Object(page);
  return String(more).split('?')[1] ?? '';
}

describe('pages of other origins', () => {
  it('use a credential that names no origins', async () => {
    expect(await from('key', 'https://anywhere.example.com')).toBe(200);
    expect(await from('key', 'null')).toBe(200);
  });

  it.each([
    ['https://lms.example.com', 200],
    ['https://LMS.example.com', 200],
    ['https://lms.example.com:443', 200],
    ['http://localhost:8080', 200],
    [undefined, 200],
    ['http://lms.example.com', 403],
    ['https://lms.example.com:8443', 403],
    ['https://lms.example.com.evil.example', 403],
    ['https://evil.example/https://lms.example.com', 403],
    ['https://lms.example.com, https://evil.example', 403],
    ['http://localhost', 403],
    ['null', 403],
    ['', 403],
  ])('get as %o, when the credential names origins, %i', async (origin, expected) => {
    await lrs.replace(aCredential({ key: 'bound', origins: ['https://lms.example.com', 'http://localhost:8080'] }));
    expect(await from('bound', origin)).toBe(expected);
  });

  it('are told so, when they know the secret', async () => {
    const headers = { origin: 'https://evil.example' };
    const refused = await lrs.ask(basic('bound', 'secret'), { headers });
    expect(jsonOf(refused)).toMatchObject({
      code: 'not-permitted',
      message: expect.stringContaining('https://evil.example'),
    });
    expect(lrs.failures.at(-1)).toMatchObject({ reason: 'origin', known: { key: 'bound' } });
    expect(await lrs.ask(basic('bound', 'wrong'), { headers })).toMatchObject({ statusCode: 401 });
  });
});

import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { FAILURE_FLOOR } from '#http/auth/create-authenticator.ts';
import { FAILURES_PER_MINUTE } from '#http/auth/failure-budget.ts';
import { aCredential } from '#test/support/credentials.ts';
import { jsonOf } from '#test/support/function-handlers.ts';
import { basic } from '#test/support/gateway-events.ts';
import { anIssuer, type OidcIssuer, startOidcIssuer } from '#test/support/oidc-issuer.ts';
import { ownTokens } from '#test/support/own-tokens.ts';
import { type LrsUnderAttack, lrsUnderAttack, putIssuer, toldBy } from './lrs-under-attack.ts';

const HERE = { source: '203.0.113.9' };

let lrs: LrsUnderAttack;
let oidc: OidcIssuer | undefined;

beforeEach(async () => {
  lrs = await lrsUnderAttack();
});

afterAll(() => oidc?.stop());

const unsigned = (issuer: string): string =>
  `e30.${Buffer.from(JSON.stringify({ iss: issuer })).toString('base64url')}.AA`;

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

describe('a warm request', () => {
  it('with key and secret asks DynamoDB nothing to be let in', async () => {
    await lrs.ask(basic('key', 'secret'));
    expect(lrs.reads).toEqual(['GetItem']);
    for (let n = 0; n < 20; n += 1) expect(await lrs.ask(basic('key', 'secret'))).toMatchObject({ statusCode: 200 });
    expect(lrs.reads).toHaveLength(1);
  });

  it('with a token of this LRS asks DynamoDB nothing to be let in', async () => {
    const token = await (await ownTokens(lrs.tables, lrs.now)).sign();
    await lrs.ask(`Bearer ${token}`);
    expect(lrs.reads).toEqual(['GetItem', 'GetItem']);
    for (let n = 0; n < 20; n += 1) expect(await lrs.ask(`Bearer ${token}`)).toMatchObject({ statusCode: 200 });
    expect(lrs.reads).toHaveLength(2);
  });

  it('with a token of another issuer asks neither DynamoDB nor the issuer', async () => {
    oidc = await startOidcIssuer({ now: lrs.now });
    await lrs.register(putIssuer(anIssuer({ issuer: oidc.url })));
    const token = await oidc.sign();
    await lrs.ask(`Bearer ${token}`);
    expect([lrs.reads.length, oidc.requests.length]).toEqual([1, 2]);
    for (let n = 0; n < 20; n += 1) expect(await lrs.ask(`Bearer ${token}`)).toMatchObject({ statusCode: 200 });
    expect([lrs.reads.length, oidc.requests.length]).toEqual([1, 2]);
  });

  it('without a version asks DynamoDB for none once it knows that of the store', async () => {
    const put = {
      id: 'default',
      name: 'Default',
      settings: { defaultVersion: '2.0.0' },
      created: 0,
      createdBy: 'first',
    } as const;
    await lrs.register({ kind: 'store', put: { ...put, revision: 1 } });
    const headers = { 'x-experience-api-version': undefined };
    const expected = { statusCode: 200, headers: { 'X-Experience-API-Version': '2.0.0' } };
    expect(await lrs.ask(basic('key', 'secret'), { headers })).toMatchObject(expected);
    expect(lrs.reads).toHaveLength(2);
    expect(await lrs.ask(basic('key', 'secret'), { headers })).toMatchObject(expected);
    expect(lrs.reads).toHaveLength(2);
  });
});

describe('a thousand attempts from one address', () => {
  it('with wrong secrets cost one read, and all but the first few are not looked at', async () => {
    const codes: (number | undefined)[] = [];
    for (let n = 0; n < 1_000; n += 1) codes.push((await lrs.ask(basic('key', `wrong-${n}`), HERE)).statusCode);
    expect(lrs.reads).toHaveLength(1);
    expect(codes.filter((code) => code === 401)).toHaveLength(FAILURES_PER_MINUTE);
    expect(codes.filter((code) => code === 429)).toHaveLength(1_000 - FAILURES_PER_MINUTE);
  });

  it('with made-up keys and tokens cost no more reads than are looked at', async () => {
    for (let n = 0; n < 500; n += 1) {
      await lrs.ask(basic(`nobody-${n}`, 'secret'), HERE);
      await lrs.ask(`Bearer ${unsigned(`https://${n}.example.com`)}`, HERE);
    }
    expect(lrs.reads).toHaveLength(FAILURES_PER_MINUTE);
  });

  it('lock out nobody whose credential is known, and nobody elsewhere', async () => {
    const token = await (await ownTokens(lrs.tables, lrs.now)).sign();
    await lrs.ask(`Bearer ${token}`);
    for (let n = 0; n < FAILURES_PER_MINUTE; n += 1) await lrs.ask(basic(`nobody-${n}`, 'secret'), HERE);
    expect(await lrs.ask(basic('key', 'secret'), HERE)).toMatchObject({ statusCode: 200 });
    expect(await lrs.ask(`Bearer ${token}`, HERE)).toMatchObject({ statusCode: 200 });
    expect(await lrs.ask(basic('nobody', 'secret'))).toMatchObject({ statusCode: 401 });
  });

  it('lock out nobody whose credential is in use, however long they go on', async () => {
    await lrs.ask(basic('key', 'secret'), HERE);
    for (let round = 0; round < 10; round += 1) {
      for (let n = 0; n < FAILURES_PER_MINUTE; n += 1) await lrs.ask(basic(`nobody-${n}`, 'secret'), HERE);
      lrs.pass(31_000);
      expect(await lrs.ask(basic('nobody', 'secret'), HERE)).toMatchObject({ statusCode: 429 });
      expect(await lrs.ask(basic('key', 'secret'), HERE)).toMatchObject({ statusCode: 200 });
      lrs.pass(29_000);
    }
  });

  it('are told when to come again, in the same words whatever they try', async () => {
    for (let n = 0; n < FAILURES_PER_MINUTE; n += 1) await lrs.ask(basic('key', 'wrong'), HERE);
    const [known, unknown, none] = [
      await lrs.ask(basic('key', 'wrong'), HERE),
      await lrs.ask(basic('nobody', 'wrong'), HERE),
      await lrs.ask('Bearer a.b.c', HERE),
    ];
    expect(known).toMatchObject({ statusCode: 429, headers: { 'Retry-After': '60' } });
    expect(jsonOf(known)).toMatchObject({ code: 'too-many-requests' });
    expect([unknown, none].map(toldBy)).toEqual([known, known].map(toldBy));
    lrs.pass(60_000);
    expect(await lrs.ask(basic('nobody', 'wrong'), HERE)).toMatchObject({ statusCode: 401 });
  });

  it('that guess the secret of a disabled credential count like all others', async () => {
    await lrs.replace(aCredential({ key: 'disabled', disabled: true }));
    for (let n = 0; n < FAILURES_PER_MINUTE; n += 1) await lrs.ask(basic('disabled', 'wrong'), HERE);
    expect(await lrs.ask(basic('disabled', 'wrong'), HERE)).toMatchObject({ statusCode: 429 });
    expect(lrs.failures.at(0)).toMatchObject({ reason: 'unknown-or-wrong', known: { key: 'disabled' } });
  });

  it('that guess nothing do not count: an expired token, a disabled credential, a missing or malformed header', async () => {
    await lrs.replace(aCredential({ key: 'disabled', disabled: true }));
    const token = await (
      await ownTokens(lrs.tables, lrs.now)
    ).sign({ expires: lrs.now() - 60_000, issued: lrs.now() - 90_000 });
    for (let n = 0; n < FAILURES_PER_MINUTE; n += 1) {
      await Promise.all(
        [undefined, 'Basic', `Bearer ${token}`, basic('disabled', 'secret')].map((header) => lrs.ask(header, HERE)),
      );
    }
    expect(await lrs.ask(basic('nobody', 'secret'), HERE)).toMatchObject({ statusCode: 401 });
  });

  it('of version 6 are those from its network', async () => {
    for (let n = 0; n < FAILURES_PER_MINUTE; n += 1) {
      await lrs.ask(basic('nobody', 'x'), { source: `2001:db8:0:1::${n.toString(16)}` });
    }
    expect(await lrs.ask(basic('nobody', 'x'), { source: '2001:db8:0:1:ffff::1' })).toMatchObject({ statusCode: 429 });
    expect(await lrs.ask(basic('nobody', 'x'), { source: '2001:db8:0:2::1' })).toMatchObject({ statusCode: 401 });
  });
});

describe('the time of a refusal', () => {
  it('does not tell an unknown key from a wrong secret', async () => {
    const times: Record<'unknown' | 'wrong' | 'read', number[]> = { unknown: [], wrong: [], read: [] };
    const measure = async (kind: keyof typeof times, key: string): Promise<void> => {
      const begun = performance.now();
      expect(await lrs.ask(basic(key, 'wrong'))).toMatchObject({ statusCode: 401 });
      times[kind].push(performance.now() - begun);
    };
    await measure('wrong', 'key');
    for (let n = 0; n < 30; n += 1) {
      await measure('unknown', 'nobody');
      await measure('wrong', 'key');
      await measure('read', `nobody-${n}`);
    }
    const medians = [median(times.unknown), median(times.wrong), median(times.read)];
    expect(Math.min(...medians)).toBeGreaterThanOrEqual(FAILURE_FLOOR);
    expect(Math.max(...medians) - Math.min(...medians)).toBeLessThan(8);
  });
});

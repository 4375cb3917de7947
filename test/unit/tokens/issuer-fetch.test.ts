import { afterAll, describe, expect, it } from 'vitest';
import { type Condition, type OidcIssuer, startOidcIssuer } from '#test/support/oidc-issuer.ts';
import { fetchKeySet } from '#tokens/issuer-fetch.ts';

describe('where keys of issuers are fetched from', () => {
  it.each([
    ['http://issuer.example.com/keys', 'loopback'],
    ['http://127.0.0.1.example.com/keys', 'loopback'],
    ['http://127.0.0.2/keys', 'loopback'],
    ['http://localhost/keys', 'public'],
    ['http://169.254.169.254/latest/meta-data', 'public'],
    ['ftp://issuer.example.com/keys', 'loopback'],
    ['file:///etc/passwd', 'loopback'],
    ['data:application/json,{"keys":[]}', 'loopback'],
    ['keys', 'loopback'],
  ] as const)('is not %s (%s)', async (jwksUri, hosts) => {
    const fetching = fetchKeySet({ issuer: 'https://issuer.example.com', jwksUri }, hosts);
    await expect(fetching).rejects.toThrow(/by https only/u);
  });
});

describe('what is fetched of an issuer', () => {
  const started: OidcIssuer[] = [];
  afterAll(() => Promise.all(started.map((issuer) => issuer.stop())));

  const fetchFrom = async (condition: Condition, discovered?: string): Promise<unknown> => {
    const issuer = await startOidcIssuer(discovered === undefined ? {} : { jwksUri: discovered });
    started.push(issuer);
    issuer.condition = condition;
    return fetchKeySet({ issuer: issuer.url }, 'loopback');
  };

  it('has its keys', async () => {
    expect(await fetchFrom('well')).toBeTypeOf('function');
  });

  it.each([
    ['elsewhere', /fetch failed/u],
    ['endless', /has more than 262144 bytes/u],
    ['impostor', /names another issuer/u],
    ['down', /answered with status 503/u],
  ] as const)('is nothing when the issuer is %s', async (condition, why) => {
    await expect(fetchFrom(condition)).rejects.toThrow(why);
  });

  it.each(['http://issuer.example.com/keys', 'file:///etc/passwd', 'data:application/json,{"keys":[]}'])(
    'does not come from %s, wherever the discovery document says that the keys are',
    async (jwksUri) => {
      await expect(fetchFrom('well', jwksUri)).rejects.toThrow(/by https only/u);
    },
  );
});

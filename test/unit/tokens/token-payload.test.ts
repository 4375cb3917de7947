import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incarnationOf } from '#access/incarnation.ts';
import { SCOPES } from '#access/scope.ts';
import type { TokenClaims } from '#access/token-claims.ts';
import { aCredential } from '#test/support/credentials.ts';
import { someClaims } from '#test/support/tokens.ts';
import { claimsIn, payloadOf } from '#tokens/token-payload.ts';

const TIME = fc.integer({ min: 0, max: 10_000_000_000_000 });

const LIMITS = fc
  .record(
    { actor: fc.string(), registration: fc.uuid(), activity: fc.webUrl(), verbs: fc.array(fc.webUrl()) },
    { requiredKeys: [] },
  )
  .filter((limits) => Object.keys(limits).length > 0);

const CLAIMS: fc.Arbitrary<TokenClaims> = fc.record(
  {
    id: fc.uuid(),
    credential: fc.string(),
    incarnation: fc.string(),
    store: fc.string(),
    scopes: fc.subarray([...SCOPES]),
    issued: TIME,
    expires: TIME,
    limits: LIMITS,
  },
  { requiredKeys: ['id', 'credential', 'incarnation', 'store', 'scopes', 'issued', 'expires'] },
);

describe('the claims of a token', () => {
  it('are what was put into its payload', () => {
    fc.assert(
      fc.property(CLAIMS, (claims) => {
        expect(claimsIn(JSON.parse(JSON.stringify(payloadOf(claims))))).toEqual(claims);
      }),
    );
  });

  it('have the names of RFC 7519 and RFC 9068', () => {
    const limits = { verbs: ['http://example.com/verb'] };
    expect(payloadOf(someClaims({ scopes: ['state', 'profile'], issued: 1_234, limits }))).toEqual({
      sub: 'key',
      client_id: 'key',
      cid: incarnationOf(aCredential()),
      store: 'default',
      scope: 'state profile',
      jti: 'token-1',
      iat: 1.234,
      exp: 4_600,
      limits,
    });
  });

  it('leave out scopes that this version does not know', () => {
    expect(claimsIn({ ...payloadOf(someClaims()), scope: 'state future' })?.scopes).toEqual(['state']);
  });

  it.each([
    { client_id: 1 },
    { cid: undefined },
    { cid: 1 },
    { store: undefined },
    { scope: ['all'] },
    { jti: null },
    { iat: '1' },
    { exp: undefined },
    { limits: null },
    // Neither limits anything, and none of them is no limit.
    { limits: {} },
    { limits: [] },
    { limits: { actor: {} } },
    { limits: { registration: 1 } },
    { limits: { activity: [] } },
    { limits: { verbs: 'verb' } },
    { limits: { verbs: [1] } },
    // One that a later version may have made: it cannot be kept, so nothing is permitted.
    { limits: { future: 'limit' } },
  ])('are none with %j', (other) => {
    expect(claimsIn({ ...payloadOf(someClaims()), ...other })).toBeUndefined();
  });

  it('are none whatever the payload is, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (payload) => {
        expect(claimsIn(payload)).toBeUndefined();
      }),
    );
  });
});

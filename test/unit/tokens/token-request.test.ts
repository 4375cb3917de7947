import { describe, expect, it } from 'vitest';
import { incarnationOf } from '#access/incarnation.ts';
import type { Scope } from '#access/scope.ts';
import type { TokenClaims } from '#access/token-claims.ts';
import { aCredential } from '#test/support/credentials.ts';
import { problemOf } from '#test/support/problem-of.ts';
import { claimsOf, type TokenRequest } from '#tokens/token-request.ts';

const AT = { id: 'token-1', now: 1_000_500 };

function claims(request: Partial<TokenRequest>, credential = aCredential()): TokenClaims {
  return claimsOf(credential, { scopes: ['state'], minutes: 10, ...request }, AT);
}

describe('claimsOf', () => {
  it('is a token of the credential, for what was asked for', () => {
    const limits = { registration: '1d527164-ad81-4c5a-b1d5-d2b8f0a4a3c5' };
    expect(claims({ limits }, aCredential({ store: 'other' }))).toEqual({
      id: 'token-1',
      credential: 'key',
      incarnation: incarnationOf(aCredential()),
      store: 'other',
      scopes: ['state'],
      issued: 1_000_500,
      // A whole second.
      expires: 1_601_000,
      limits,
    });
  });

  it('ends with the credential', () => {
    expect(claims({}, aCredential({ expires: 1_060_000 })).expires).toBe(1_060_000);
  });

  it('gives what the scopes of the credential include', () => {
    const scopes: readonly Scope[] = ['statements/read/mine', 'state', 'all'];
    expect(claims({ scopes }, aCredential({ scopes: ['all'] })).scopes).toEqual(scopes);
  });

  it.each<[readonly Scope[], readonly Scope[]]>([
    [['statements/write'], ['statements/read']],
    [['all'], ['all/read']],
    [['all', 'state'], ['state']],
    [['admin'], ['all']],
  ])('refuses %j to a credential with %j', (scopes, held) => {
    expect(problemOf(() => claims({ scopes }, aCredential({ scopes: held }))).code).toBe('not-permitted');
  });

  it('gives admin to who has it, but not together with limits', () => {
    const credential = aCredential({ scopes: ['admin'] });
    expect(claims({ scopes: ['admin'] }, credential).scopes).toEqual(['admin']);
    expect(problemOf(() => claims({ scopes: ['admin'], limits: {} }, credential)).code).toBe('not-permitted');
  });

  it.each([{}, Object([])])('refuses the limits %j, which limit nothing', (limits) => {
    expect(problemOf(() => claims({ limits }))).toMatchObject({ code: 'body-invalid', path: '$.limits' });
  });

  it.each([0, 1.5, 1_441, Number.NaN, -1])('refuses a life of %d minutes', (minutes) => {
    expect(problemOf(() => claims({ minutes }))).toMatchObject({ code: 'body-invalid', path: '$.minutes' });
  });
});

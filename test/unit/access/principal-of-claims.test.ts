import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scopeTextsOf, textsOf } from '#access/claims.ts';
import { isAudience } from '#access/is-audience.ts';
import { principalOfClaims } from '#access/principal-of-claims.ts';
import { DEFAULT_REQUEST_LIMITS } from '#access/request-limits.ts';
import { anIssuer } from '#test/support/oidc-issuer.ts';

describe('the texts of a claim', () => {
  it.each([
    ['scope', ['all', 'state profile']],
    ['https://example.com/roles', ['teacher']],
    [
      ['realm', 'roles'],
      ['a b', 'c'],
    ],
    [['realm', 'nothing'], []],
    [['scope', 'length'], []],
    [['realm', 'roles', '0'], ['a b']],
    ['tenant', ['acme training ltd']],
    ['number', []],
    ['toString', []],
    ['__proto__', []],
  ])('at %o are %o', (path, texts) => {
    const claims = {
      scope: ['all', 'state profile'],
      'https://example.com/roles': 'teacher',
      realm: { roles: ['a b', 'c', 5, null] },
      number: 5,
      tenant: 'acme training ltd',
    };
    expect(textsOf(claims, path)).toEqual(texts);
  });

  it.each([
    ['scope', ['state', 'statements/read']],
    [['scope'], ['state', 'statements/read']],
    ['scp', ['all']],
    ['scopes', ['state all']],
    [['realm', 'scope'], ['state all']],
  ])('at %o are, for scopes, %o', (path, texts) => {
    const claims = {
      scope: 'state statements/read',
      scp: ['all'],
      scopes: 'state all',
      realm: { scope: 'state all' },
    };
    expect(scopeTextsOf(claims, path)).toEqual(texts);
  });

  it('are texts, whatever a token says', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.string()), (claims, path) => {
        expect(
          [...textsOf(claims, path), ...scopeTextsOf(claims, path)].every((text) => typeof text === 'string'),
        ).toBe(true);
      }),
    );
  });
});

describe('the audience of a token (RFC 7519, 4.1.3)', () => {
  it.each([
    [{ aud: 'lrs' }, true],
    [{ aud: ['other', 'lrs'] }, true],
    [{ client_id: 'lrs' }, true],
    [{ aud: 'other', client_id: 'lrs' }, false],
    [{ aud: [], client_id: 'lrs' }, false],
    [{ aud: 'other lrs' }, false],
    [{ aud: null, client_id: 'lrs' }, false],
    [{}, false],
  ])('of the claims %o is ours: %s', (claims, ours) => {
    expect(isAudience(claims, { audiences: ['lrs', 'lrs2'] })).toBe(ours);
  });
});

const secretOf = (sub: string, linkSecret = '00'.repeat(32)): unknown =>
  Object(principalOfClaims({ sub }, anIssuer({ linkSecret }))).linkSecret;

const scopesOf = (scope: unknown, values?: Record<string, ['admin']>): unknown => {
  const scopes = { claim: 'scope', ...(values !== undefined && { values }) };
  const principal = principalOfClaims({ sub: 'ann', scope }, anIssuer({ scopes }));
  return typeof principal === 'string' ? principal : principal.scopes;
};

const keyOf = (sub: string, linkSecret = '00'.repeat(32)): unknown => {
  const principal = principalOfClaims({ sub }, anIssuer({ linkSecret }));
  return typeof principal === 'string' ? principal : principal.key;
};

describe('the principal of a token of another issuer', () => {
  it('acts as an account at the issuer, in the scopes and the store that are registered', () => {
    expect(principalOfClaims({ sub: 'ann' }, anIssuer({ scopes: ['state'], store: 'two' }))).toEqual({
      kind: 'issuer',
      key: expect.stringMatching(/^school:[0-9a-f]{16}$/u),
      store: 'two',
      scopes: ['state'],
      authority: { objectType: 'Agent', account: { homePage: 'https://issuer.example.com', name: 'ann' } },
      linkSecret: expect.stringMatching(/^[0-9a-f]{64}$/u),
      requestLimits: DEFAULT_REQUEST_LIMITS,
    });
  });

  it('is called by what nobody can guess the subject from, and always the same', () => {
    expect(keyOf('ann')).toBe(keyOf('ann'));
    expect(keyOf('ann')).not.toBe(keyOf('bob'));
    expect(keyOf('ann')).not.toBe(keyOf('ann', '11'.repeat(32)));
  });

  it('never changes its names and secrets, as counters and links have them', () => {
    expect(keyOf('zoë', '1a'.repeat(32))).toBe('school:f24183d2e5aefaff');
    expect(secretOf('zoë', '1a'.repeat(32))).toBe('9e8a167ff57663bad41b9b87ca8a85727e4a7dc0153c27aca249d04b8186d81d');
  });

  it('has secrets of its own for links', () => {
    expect(secretOf('ann')).toBe(secretOf('ann'));
    expect(secretOf('ann')).not.toBe(secretOf('bob'));
    expect(secretOf('ann')).not.toBe(secretOf('ann', '11'.repeat(32)));
  });

  it.each([undefined, '', 5, ['ann'], 'x'.repeat(256), '\uD800'])('is nobody without a subject: %o', (sub) => {
    expect(principalOfClaims({ sub }, anIssuer())).toBe('no-subject');
  });

  it('has the scopes that a claim names, but for admin, which has to be given by name', () => {
    expect(scopesOf('openid state statements/write')).toEqual(['statements/write', 'state']);
    expect(scopesOf(['all', 'admin'])).toEqual(['all']);
    expect(scopesOf('admin')).toBe('no-scope');
    expect(scopesOf('operators', { operators: ['admin'] })).toEqual(['admin']);
    expect(scopesOf('toString', {})).toBe('no-scope');
  });

  it('is in one store, or in none', () => {
    const store = { claim: 'groups', values: { one: 'first', uno: 'first', two: 'second' } };
    const storeOf = (groups: unknown): unknown => {
      const principal = principalOfClaims({ sub: 'ann', groups }, anIssuer({ store }));
      return typeof principal === 'string' ? principal : principal.store;
    };
    expect(storeOf('two')).toBe('second');
    expect(storeOf(['one', 'uno', 'other'])).toBe('first');
    expect(storeOf(['one', 'two'])).toBe('no-store');
    expect(storeOf('first')).toBe('no-store');
    expect(storeOf(undefined)).toBe('no-store');
  });
});

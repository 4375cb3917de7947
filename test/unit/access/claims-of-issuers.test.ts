import { describe, expect, it } from 'vitest';
import type { Claims } from '#access/claims.ts';
import { isAudience } from '#access/is-audience.ts';
import type { Issuer } from '#access/issuer.ts';
import { principalOfClaims } from '#access/principal-of-claims.ts';
import { anIssuer } from '#test/support/oidc-issuer.ts';

/** Whether a token is taken, and what for: the audience, the scopes and the store, or why not. */
function judged(claims: Claims, registered: Partial<Issuer>): unknown {
  const issuer = anIssuer({ audiences: ['lrs'], ...registered });
  if (!isAudience(claims, issuer)) return 'wrong-audience';
  const principal = principalOfClaims(claims, issuer);
  return typeof principal === 'string' ? principal : [principal.scopes, principal.store];
}

/** Access token of Amazon Cognito: no `aud`, but `client_id`; `scope` is one text, groups are a list. */
const COGNITO = {
  sub: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
  'cognito:groups': ['readers', 'acme'],
  iss: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_example',
  version: 2,
  client_id: 'lrs',
  token_use: 'access',
  scope: 'lrs.example.com/read lrs.example.com/write openid',
  username: 'ann',
};

/** Access token of Okta: `scp` is a list. */
const OKTA = { ver: 1, aud: 'lrs', cid: '0oabc', uid: '00uabc', scp: ['openid', 'statements/read'], sub: 'ann' };

/** Access token of Microsoft Entra ID for a person: `scp` is one text, `roles` is a list. */
const ENTRA = {
  aud: 'lrs',
  ver: '2.0',
  oid: '00000000-0000-0000-0000-000000000001',
  tid: '00000000-0000-0000-0000-000000000002',
  sub: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ',
  scp: 'Statements.Read Statements.Write',
  roles: ['Lrs.Reader'],
};

/** Access token of Keycloak: roles are a list within an object. */
const KEYCLOAK = {
  aud: ['account', 'lrs'],
  sub: 'f:1:ann',
  scope: 'email profile',
  realm_access: { roles: ['offline_access', 'lrs-reader'] },
  tenant: 'acme training ltd',
};

describe('the claims of an access token', () => {
  it('of Cognito lead to scopes by its scopes or its groups', () => {
    const scopes = {
      claim: 'scope',
      values: { 'lrs.example.com/read': ['all/read'], 'lrs.example.com/write': ['statements/write'] },
    } as const;
    const store = { claim: 'cognito:groups', values: { acme: 'acme' } };
    expect(judged(COGNITO, { scopes, store })).toEqual([['statements/write', 'all/read'], 'acme']);
    const groups = { claim: 'cognito:groups', values: { readers: ['statements/read'] } } as const;
    expect(judged(COGNITO, { scopes: groups })).toEqual([['statements/read'], 'default']);
    expect(judged({ ...COGNITO, client_id: 'other' }, { scopes })).toBe('wrong-audience');
  });

  it('of Okta lead to the scopes that its list names, and to no store by a part of it', () => {
    expect(judged(OKTA, { scopes: { claim: 'scp' } })).toEqual([['statements/read'], 'default']);
    const scp = ['openid statements/read'];
    expect(judged({ ...OKTA, scp }, { scopes: { claim: 'scp' } })).toBe('no-scope');
  });

  it('of Entra lead to scopes by its scopes or its roles', () => {
    const scp = { claim: 'scp', values: { 'Statements.Read': ['statements/read'] } } as const;
    expect(judged(ENTRA, { scopes: scp })).toEqual([['statements/read'], 'default']);
    const roles = { claim: 'roles', values: { 'Lrs.Reader': ['all/read'] } } as const;
    expect(judged(ENTRA, { scopes: roles })).toEqual([['all/read'], 'default']);
    expect(judged({ ...ENTRA, roles: 'not Lrs.Reader' }, { scopes: roles })).toBe('no-scope');
    expect(judged({ ...ENTRA, roles: ['not Lrs.Reader'] }, { scopes: roles })).toBe('no-scope');
  });

  it('of Keycloak lead to scopes by its roles, and to a store by the whole of a claim', () => {
    const scopes = { claim: ['realm_access', 'roles'], values: { 'lrs-reader': ['all/read'] } } as const;
    const whole = { claim: 'tenant', values: { 'acme training ltd': 'training', acme: 'acme' } };
    expect(judged(KEYCLOAK, { scopes, store: whole })).toEqual([['all/read'], 'training']);
    expect(judged(KEYCLOAK, { scopes, store: { claim: 'tenant', values: { acme: 'acme' } } })).toBe('no-store');
    expect(judged(KEYCLOAK, { scopes, store: { claim: 'scope', values: { email: 'acme' } } })).toBe('no-store');
  });

  it('are taken apart nowhere but in scope and scp, also where the values are scopes themselves', () => {
    expect(judged(OKTA, { scopes: { claim: 'sub' } })).toBe('no-scope');
    expect(judged({ ...OKTA, permission: 'not all' }, { scopes: { claim: 'permission' } })).toBe('no-scope');
    expect(judged({ ...OKTA, permission: 'all' }, { scopes: { claim: 'permission' } })).toEqual([['all'], 'default']);
  });
});

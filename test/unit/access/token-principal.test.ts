import { describe, expect, it } from 'vitest';
import type { Credential } from '#access/credential.ts';
import type { TokenClaims } from '#access/token-claims.ts';
import { principalOfToken } from '#access/token-principal.ts';
import { aCredential } from '#test/support/credentials.ts';
import { someClaims } from '#test/support/tokens.ts';

const NOW = 2_000_000;

function judged(claims: Partial<TokenClaims> = {}, credential: Partial<Credential> = {}, now = NOW): unknown {
  return principalOfToken(someClaims(claims), aCredential(credential), now);
}

describe('principalOfToken', () => {
  it('acts as the credential that the token was issued to', () => {
    const requestLimits = { perSecond: 1, perDay: 2 };
    const limits = { actor: 'mbox|mailto:a@example.com' };
    const { authority, linkSecret } = aCredential();
    expect(judged({ limits }, { requestLimits })).toEqual({
      kind: 'token',
      key: 'key',
      store: 'default',
      scopes: ['all'],
      authority,
      linkSecret,
      requestLimits,
      tokenId: 'token-1',
      limits,
    });
  });

  it('keeps of its scopes what the credential still covers', () => {
    const scopes = ['statements/write', 'statements/read/mine', 'state', 'admin'] as const;
    expect(judged({ scopes }, { scopes: ['statements/read', 'admin'] })).toMatchObject({
      scopes: ['statements/read/mine', 'admin'],
    });
    expect(judged({ scopes: ['all'] }, { scopes: ['statements/write'] })).toMatchObject({ scopes: [] });
  });

  it('manages nothing when it is limited to a launch', () => {
    const held = { scopes: ['all', 'admin'] } as const;
    expect(judged({ scopes: ['state', 'admin'], limits: {} }, held)).toMatchObject({ scopes: ['state'] });
  });

  it.each<[string, Partial<TokenClaims>, Partial<Credential>]>([
    ['is disabled', {}, { disabled: true }],
    ['has expired', {}, { expires: NOW }],
    ['is of another store', {}, { store: 'other' }],
    ['is another', { credential: 'other' }, {}],
    ['was deleted, and another got its key', {}, { linkSecret: '01'.repeat(32) }],
    ['has revoked its tokens since', { issued: 999_999 }, { tokensNotBefore: 1_000_000 }],
    ['has revoked the token', {}, { revokedTokens: [{ id: 'token-1', expires: 4_600_000 }] }],
  ])('is revoked when the credential %s', (_, claims, credential) => {
    expect(judged(claims, credential)).toBe('revoked');
  });

  it('is revoked when there is no credential', () => {
    expect(principalOfToken(someClaims(), undefined, NOW)).toBe('revoked');
  });

  it('holds for tokens issued at the very moment of a revocation, and other revoked tokens', () => {
    const revokedTokens = [{ id: 'token-2', expires: 4_600_000 }];
    expect(judged({ issued: 1_000_000 }, { tokensNotBefore: 1_000_000, revokedTokens })).toMatchObject({ key: 'key' });
  });

  it('ends with the token, give or take what clocks differ by', () => {
    expect(judged({}, {}, 4_604_999)).toMatchObject({ kind: 'token' });
    expect(judged({}, {}, 4_605_000)).toBe('expired');
  });
});

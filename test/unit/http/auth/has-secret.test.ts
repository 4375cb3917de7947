import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SecretProof } from '#access/credential.ts';
import { hasSecret } from '#http/auth/has-secret.ts';
import { judgeSecret } from '#http/auth/judge-secret.ts';
import { hashSecret, isSecret } from '#storage/credential-secret.ts';
import { aCredential } from '#test/support/credentials.ts';

// It goes on doing what it does; its calls are counted.
vi.mock('#storage/credential-secret.ts', { spy: true });

const NOW = 1_000;

const proof = (secret: string, expires?: number): SecretProof => {
  const salt = '5a'.repeat(16);
  return { salt, secretHash: hashSecret(salt, secret), ...(expires !== undefined && { expires }) };
};

const ROTATED = aCredential({ secrets: [proof('new'), proof('old', NOW + 1)] });

beforeEach(() => {
  vi.mocked(isSecret).mockClear();
});

describe('hasSecret', () => {
  it.each([
    ['the newest secret', ROTATED, 'new', true],
    ['the former secret', ROTATED, 'old', true],
    ['a wrong secret', ROTATED, 'wrong', false],
    ['the secret of a credential with one', aCredential(), 'secret', true],
    ['a wrong secret of a credential with one', aCredential(), 'wrong', false],
    ['a secret that has expired', aCredential({ secrets: [proof('old', NOW)] }), 'old', false],
    ['any of a credential without', aCredential({ secrets: [] }), 'secret', false],
    ['any of no credential', undefined, 'secret', false],
  ])('hashes twice for %s', (_, credential, secret, expected) => {
    expect(hasSecret(credential, secret, NOW)).toBe(expected);
    expect(isSecret).toHaveBeenCalledTimes(2);
  });
});

describe('judgeSecret', () => {
  it.each([
    ['an unknown key', undefined, 'secret'],
    ['a wrong secret', aCredential(), 'wrong'],
    ['the right secret', aCredential(), 'secret'],
    ['the right secret of a disabled credential', aCredential({ disabled: true }), 'secret'],
  ])('does the same work for %s', async (_, credential, secret) => {
    const read = (): Promise<typeof credential> => Promise.resolve(credential);
    await judgeSecret({ kind: 'secret', key: 'key', secret }, { credential: read, doubtedCredential: read }, NOW);
    expect(isSecret).toHaveBeenCalledTimes(2);
    for (const [, { salt, secretHash }] of vi.mocked(isSecret).mock.calls) {
      expect([salt.length, secretHash.length]).toEqual([32, 64]);
    }
  });
});

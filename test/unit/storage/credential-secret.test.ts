import { describe, expect, it } from 'vitest';
import { hashSecret, isSecret } from '#storage/credential-secret.ts';

const SALT = '5a'.repeat(16);
const HASH = 'acb9c9ecb4b79070ead6e7cac52ae807aad439ba6d07c5e9844b2a7050df600b';

describe('what is kept of a secret', () => {
  it('never changes: that of all credentials is stored', () => {
    expect(hashSecret(SALT, 'pässword')).toBe(HASH);
  });

  it.each([
    ['the secret', 'pässword', { salt: SALT, secretHash: HASH }, true],
    ['another secret', 'password', { salt: SALT, secretHash: HASH }, false],
    ['another salt', 'pässword', { salt: '5b'.repeat(16), secretHash: HASH }, false],
    ['a part of the hash', 'pässword', { salt: SALT, secretHash: HASH.slice(0, 32) }, false],
  ])('tells whether somebody has it: %s', (_, secret, proof, has) => {
    expect(isSecret(secret, proof)).toBe(has);
  });
});

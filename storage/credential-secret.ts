import { hash, timingSafeEqual } from 'node:crypto';
import type { SecretProof } from '#access/credential.ts';

/**
 * What is kept of a secret.
 *
 * @param salt hex
 * @returns hex: SHA-256 of the salt's bytes and the secret in UTF-8
 */
export function hashSecret(salt: string, secret: string): string {
  return hash('sha256', Buffer.concat([Buffer.from(salt, 'hex'), Buffer.from(secret)]));
}

/** Compares in a time that does not depend on where they differ. */
export function isSecret(secret: string, { salt, secretHash }: SecretProof): boolean {
  const expected = Buffer.from(secretHash, 'hex');
  const actual = Buffer.from(hashSecret(salt, secret), 'hex');
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

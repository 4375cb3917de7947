import { createHash } from 'node:crypto';
import type { Credential } from '#access/credential.ts';

const LENGTH = 16;

/**
 * Tells a credential from every other that has had its key, and an issuer from every other of its name: what was made for
 * one that was deleted is none of its successor's. It stays the same through all revisions.
 *
 * @returns hex, 16 characters: of the SHA-256 of the link secret, which it does not tell
 */
export function incarnationOf({ linkSecret }: Pick<Credential, 'linkSecret'>): string {
  return createHash('sha256').update(linkSecret).digest('hex').slice(0, LENGTH);
}

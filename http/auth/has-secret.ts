import { currentSecrets } from '#access/credential-state.ts';
import type { Credential } from '#access/credential.ts';
import { isSecret } from '#storage/credential-secret.ts';

/** Stands in for a secret that is not there, so that every attempt takes the same work. */
const NOBODY = { salt: '00'.repeat(16), secretHash: '00'.repeat(32) };

/**
 * Looks at two secrets, whatever the first one gives, and whether there are any, or a credential at all.
 *
 * @param now milliseconds since 1970
 */
export function hasSecret(credential: Pick<Credential, 'secrets'> | undefined, secret: string, now: number): boolean {
  const [newest = NOBODY, former = NOBODY] = credential === undefined ? [] : currentSecrets(credential, now);
  return [newest, former].map((proof) => isSecret(secret, proof)).includes(true);
}

import { whyUnusable } from '#access/credential-state.ts';
import type { Credential } from '#access/credential.ts';
import { incarnationOf } from '#access/incarnation.ts';
import { readAuthorization } from '#http/auth/authorization.ts';
import { hasSecret } from '#http/auth/has-secret.ts';
import type { HttpRequest } from '#http/request.ts';
import type { CredentialStore } from '#storage/credential-store.ts';

/**
 * The credential that a request was authenticated with, as it is at this moment, for what outlives the request: what
 * authentication knows of it may be some seconds old. By now the key may be another's, and the secret that was shown none.
 *
 * @param credentials without a cache
 * @param now milliseconds since 1970
 * @returns undefined when the request would not be let in any more, or was not by key and secret
 */
export async function currentCredential(
  credentials: CredentialStore,
  { principal, headers: { authorization = '' } }: Pick<HttpRequest, 'principal' | 'headers'>,
  now: number,
): Promise<Credential | undefined> {
  const proof = readAuthorization(authorization);
  if (principal === undefined || typeof proof === 'string' || proof.kind === 'token') return undefined;
  const credential = await credentials.get(principal.key);
  if (credential === undefined || credential.store !== principal.store) return undefined;
  if (incarnationOf(credential) !== incarnationOf(principal)) return undefined;
  return hasSecret(credential, proof.secret, now) && whyUnusable(credential, now) === undefined
    ? credential
    : undefined;
}

import type { Credential } from '#access/credential.ts';
import { currentSecrets, whyUnusable } from '#access/credential-state.ts';
import { principalOfCredential } from '#access/principal-of-credential.ts';
import type { AccessSources } from '#http/auth/access-sources.ts';
import type { Proof } from '#http/auth/authorization.ts';
import type { Refused, Verdict } from '#http/auth/verdict.ts';
import { isSecret } from '#storage/credential-secret.ts';
import { obeysKeyRule } from '#storage/given-credential.ts';

/** Stands in for a secret that is not there, so that every attempt takes the same work. */
const NOBODY = { salt: '00'.repeat(16), secretHash: '00'.repeat(32) };

/** The same for whatever is wrong: nobody learns which keys there are, nor that a credential is disabled. */
const WRONG = 'The key is unknown, or the secret is wrong.';

/**
 * Judges key and secret.
 *
 * @param now milliseconds since 1970
 */
export async function judgeSecret(
  { key, secret }: Extract<Proof, { kind: 'secret' }>,
  sources: Pick<AccessSources, 'credential' | 'doubtedCredential'>,
  now: number,
): Promise<Verdict> {
  const kept = obeysKeyRule(key) ? await sources.credential(key) : undefined;
  const fits = hasSecret(kept, secret, now);
  const credential = kept === undefined || fits ? kept : await sources.doubtedCredential(key);
  const right = credential === kept ? fits : hasSecret(credential, secret, now);
  if (credential === undefined) return refused('unknown-or-wrong');
  const known = { known: { store: credential.store, key } };
  if (!right) return { ...refused('unknown-or-wrong'), ...known };
  const unusable = whyUnusable(credential, now);
  if (unusable !== undefined) return { ...refused(unusable), ...known };
  const { origins } = credential;
  return { principal: principalOfCredential(credential), ...(origins !== undefined && { origins }) };
}

/** Looks at two secrets, whatever the first one gives, and whether there are any. */
function hasSecret(credential: Credential | undefined, secret: string, now: number): boolean {
  const [newest = NOBODY, former = NOBODY] = credential === undefined ? [] : currentSecrets(credential, now);
  return [newest, former].map((proof) => isSecret(secret, proof)).includes(true);
}

function refused(reason: Refused['reason']): Refused {
  return { reason, message: WRONG };
}

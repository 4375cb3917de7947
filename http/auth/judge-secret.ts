import { whyUnusable } from '#access/credential-state.ts';
import { principalOfCredential } from '#access/principal-of-credential.ts';
import type { AccessSources } from '#http/auth/access-sources.ts';
import type { Proof } from '#http/auth/authorization.ts';
import { hasSecret } from '#http/auth/has-secret.ts';
import type { Refused, Verdict } from '#http/auth/verdict.ts';
import { obeysKeyRule } from '#storage/given-credential.ts';

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

function refused(reason: Refused['reason']): Refused {
  return { reason, message: WRONG };
}

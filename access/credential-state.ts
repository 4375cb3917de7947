import type { Credential, SecretProof } from '#access/credential.ts';

/**
 * Why nobody is let in by a credential, whatever they prove, nor by its tokens; undefined if they are.
 *
 * @param now milliseconds since 1970
 */
export function whyUnusable(
  { disabled, expires }: Pick<Credential, 'disabled' | 'expires'>,
  now: number,
): 'disabled' | 'expired' | undefined {
  if (disabled) return 'disabled';
  return expires !== undefined && now >= expires ? 'expired' : undefined;
}

/**
 * The secrets that are still taken: one, or while the credential is rotated two.
 *
 * @param now milliseconds since 1970
 */
export function currentSecrets({ secrets }: Pick<Credential, 'secrets'>, now: number): readonly SecretProof[] {
  return secrets.filter(({ expires }) => expires === undefined || now < expires);
}

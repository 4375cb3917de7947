import type { SecretProof } from '#access/credential.ts';
import { hashSecret } from '#storage/credential-secret.ts';

const SECRET_BYTES = 32;
const SALT_BYTES = 16;

export interface NewSecret {
  /** 43 characters of base64url. */
  readonly secret: string;
  readonly proof: SecretProof;
}

/** @param random unguessable bytes */
export function newSecret(random: (bytes: number) => Buffer): NewSecret {
  const secret = random(SECRET_BYTES).toString('base64url');
  const salt = random(SALT_BYTES).toString('hex');
  return { secret, proof: { salt, secretHash: hashSecret(salt, secret) } };
}

import {
  type GivenCredential,
  KEY_RULE,
  obeysKeyRule,
  obeysSecretRule,
  SECRET_RULE,
} from '#storage/given-credential.ts';

/**
 * Reads the value of a secret: JSON, an object with the texts `key` and `secret`.
 *
 * @param arn of the secret
 * @throws Error with a sentence that names the secret and quotes nothing of its value.
 */
export function readCredential(value: string, arn: string): GivenCredential {
  const { key, secret } = parseMembers(value);
  if (typeof key !== 'string' || typeof secret !== 'string') {
    throw new Error(`The value of the secret ${arn} has to be JSON, an object with the texts key and secret.`);
  }
  if (!obeysKeyRule(key)) throw new Error(`The key in the secret ${arn} has to have ${KEY_RULE}.`);
  if (!obeysSecretRule(secret)) throw new Error(`The secret in the secret ${arn} has to have ${SECRET_RULE}.`);
  return { key, secret };
}

function parseMembers(value: string): { readonly key?: unknown; readonly secret?: unknown } {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    // What JSON.parse throws quotes the text.
    return {};
  }
}

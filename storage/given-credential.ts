import { TOKEN_USER } from '#access/token-user.ts';

/** A key and a secret that somebody chose or generated, and that are to be registered. */
export interface GivenCredential {
  /** The user name of HTTP Basic, which cannot hold a colon (RFC 7617, 2). */
  readonly key: string;
  readonly secret: string;
}

const SECRET_LENGTH = 16;

export const KEY_RULE = `1 to 128 characters, none of them a colon or a control character, and must not be "${TOKEN_USER}"`;

export const SECRET_RULE = `at least ${SECRET_LENGTH} characters, none of them a control character`;

export function obeysKeyRule(key: string): boolean {
  return key !== TOKEN_USER && /^[^:\p{Cc}\p{Cs}]{1,128}$/u.test(key);
}

export function obeysSecretRule(secret: string): boolean {
  return secret.length >= SECRET_LENGTH && !/\p{Cc}/u.test(secret);
}

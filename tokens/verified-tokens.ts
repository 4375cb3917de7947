import { createHash } from 'node:crypto';
import type { TokenClaims } from '#access/token-claims.ts';
import type { PublicJwk } from '#storage/signing-keys.ts';
import { LONGEST_TOKEN_MINUTES } from '#tokens/token-request.ts';

const LONGEST_LIFE = LONGEST_TOKEN_MINUTES * 60_000;

/** A token that was verified. */
export interface VerifiedToken {
  /** What its signature is good with. */
  readonly jwk: PublicJwk;
  readonly claims: TokenClaims;
}

/** Tokens that a process has verified, so that it verifies each signature once. What it keeps of a token is its hash. */
export class VerifiedTokens {
  readonly #limit: number;
  /** By the hash of the token; that was used last stands last. */
  readonly #tokens = new Map<string, VerifiedToken>();

  /** @param limit how many at the most */
  constructor(limit = 1_000) {
    this.#limit = limit;
  }

  /**
   * @param now milliseconds since 1970
   * @returns undefined before and after the time for which the token is good: the signature has to be looked at for more.
   */
  get(hash: string, now: number): VerifiedToken | undefined {
    const token = this.#tokens.get(hash);
    if (token === undefined) return undefined;
    this.#tokens.delete(hash);
    if (now >= endOf(token)) return undefined;
    this.#tokens.set(hash, token);
    return now < token.claims.issued ? undefined : token;
  }

  add(hash: string, token: VerifiedToken): void {
    this.#tokens.delete(hash);
    this.#tokens.set(hash, token);
    const [oldest] = this.#tokens.size > this.#limit ? this.#tokens.keys() : [];
    if (oldest !== undefined) this.#tokens.delete(oldest);
  }

  delete(hash: string): void {
    this.#tokens.delete(hash);
  }
}

/** @param issuer which it was verified to be of */
export function hashOfToken(token: string, issuer: string): string {
  return createHash('sha256').update(issuer).update('\n').update(token).digest('base64url');
}

function endOf({ claims }: VerifiedToken): number {
  return Math.min(claims.expires, claims.issued + LONGEST_LIFE);
}

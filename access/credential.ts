import type { RequestLimits } from '#access/request-limits.ts';
import type { Scope } from '#access/scope.ts';
import type { StoreId } from '#access/store.ts';
import type { Agent } from '#xapi/statement/statement.ts';

/** What is kept of a secret, which itself never is. Secrets have at least 128 bits: a slow hash would protect nothing. */
export interface SecretProof {
  /** Hex, 16 bytes, random. */
  readonly salt: string;
  /** Hex: SHA-256 of salt and secret. */
  readonly secretHash: string;
  /** Milliseconds since 1970 from which the secret is refused; absent: never. */
  readonly expires?: number;
}

export interface RevokedToken {
  /** The `jti` of the token. */
  readonly id: string;
  /** When the token expires, milliseconds since 1970: from then on it need not be remembered. */
  readonly expires: number;
}

/** A key and what is known of it: who may send and read, and as whom. */
export interface Credential {
  /** The user name of HTTP Basic and the client id of OAuth; unique in the deployment. */
  readonly key: string;
  readonly store: StoreId;
  readonly label: string;
  readonly scopes: readonly Scope[];
  /** The agent that statements sent with this credential get as their authority. */
  readonly authority: Agent;
  /** One, or while it is rotated two, the newest first. */
  readonly secrets: readonly SecretProof[];
  /** Hex, 32 bytes, random: signs what this credential is handed to bring back (`more`). */
  readonly linkSecret: string;
  readonly disabled: boolean;
  /** Milliseconds since 1970 from which the credential and its tokens are refused; absent: never. */
  readonly expires?: number;
  /** Origins of web pages that may use it, for example `https://lms.example.com`; absent: all. */
  readonly origins?: readonly string[];
  /** Absent: `DEFAULT_REQUEST_LIMITS`. */
  readonly requestLimits?: RequestLimits;
  /** Milliseconds since 1970: tokens that were issued before are refused. */
  readonly tokensNotBefore?: number;
  /** Tokens that are refused one by one. */
  readonly revokedTokens: readonly RevokedToken[];
  /** Milliseconds since 1970. */
  readonly created: number;
  /** The key of the principal who created it. */
  readonly createdBy: string;
  /** 1, and one more with each change. */
  readonly revision: number;
}

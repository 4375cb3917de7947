import type { StoreId } from '#access/store.ts';

/** Why somebody was not let in: for the operator, because the client must not learn that much. */
export type FailureReason =
  /** There is no header Authorization. */
  | 'missing'
  /** It is neither Basic nor Bearer, or not well-formed. */
  | 'malformed'
  | 'unknown-key'
  | 'wrong-secret'
  /** The credential, its own or that of a token. */
  | 'disabled'
  | 'expired'
  /** A token that nobody signed whom this LRS trusts, or that is not for it, or not at this time. */
  | 'invalid-token'
  | 'revoked-token'
  /** The claims of a token give it no scope or no store. */
  | 'not-mapped'
  /** A page of an origin that may not use the credential. */
  | 'wrong-origin'
  /** Too many attempts from there have failed before. */
  | 'too-many';

/** An attempt to be let in that failed. No secret and no token is in it, nor a key that is not known. */
export interface AuthenticationFailure {
  readonly requestId: string;
  /** The address the request came from. */
  readonly source: string;
  readonly reason: FailureReason;
  /** Of the credential or issuer that was named, if there is one. */
  readonly known?: KnownParty;
}

/** Who somebody claims to be, or who is to vouch for them. */
export interface KnownParty {
  /** Of the credential; `<id>:` of an issuer. */
  readonly key: string;
  /** Absent of an issuer that serves several. */
  readonly store?: StoreId;
}

/** Is told every failure, at once, and must not throw. */
export type FailureObserver = (failure: AuthenticationFailure) => void;

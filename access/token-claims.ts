import type { Limits } from '#access/limits.ts';
import type { Scope } from '#access/scope.ts';
import type { StoreId } from '#access/store.ts';

/** What a token says that this LRS has signed itself (RFC 7519; RFC 9068 for `client_id` and `scope`). */
export interface TokenClaims {
  /** `jti` */
  readonly id: string;
  /** `client_id`: the key of the credential it was issued to. */
  readonly credential: string;
  /** `cid`: which of all credentials that ever had the key: see `incarnationOf`. */
  readonly incarnation: string;
  readonly store: StoreId;
  /** `scope` */
  readonly scopes: readonly Scope[];
  /** `iat`, milliseconds since 1970. */
  readonly issued: number;
  /** `exp`, milliseconds since 1970. */
  readonly expires: number;
  readonly limits?: Limits;
}

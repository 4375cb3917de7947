import type { Limits } from '#access/limits.ts';
import type { RequestLimits } from '#access/request-limits.ts';
import type { Scope } from '#access/scope.ts';
import type { StoreId } from '#access/store.ts';
import type { Agent } from '#xapi/statement/statement.ts';

/** Who a request comes from, as whom it acts, and what it may do. */
export interface Principal {
  /** A credential itself, a token that one was given or minted, or the token of another issuer. */
  readonly kind: 'credential' | 'token' | 'issuer';
  /**
   * What the log, the audit and the counters call it, and nothing that tells who a person is: the key of the credential,
   * also of its tokens; `<id of the issuer>:<hash of the subject>`.
   */
  readonly key: string;
  readonly store: StoreId;
  readonly scopes: readonly Scope[];
  /** The agent that statements get as their authority. */
  readonly authority: Agent;
  /** Hex, 32 bytes: signs what the principal is handed to bring back (`more`). */
  readonly linkSecret: string;
  readonly requestLimits: RequestLimits;
  /** The `jti` of a token that this LRS has signed. */
  readonly tokenId?: string;
  /** Absent: whatever the scopes permit. */
  readonly limits?: Limits;
}

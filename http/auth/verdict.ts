import type { AuthenticationFailure, FailedAuthentication } from '#access/counted-event.ts';
import type { Principal } from '#access/principal.ts';

/** Who somebody is. */
export interface Admitted {
  readonly principal: Principal;
  /** Of web pages that may use the credential; absent: all. */
  readonly origins?: readonly string[];
}

/** Why somebody is not let in. */
export interface Refused {
  /** For the operator. */
  readonly reason: AuthenticationFailure;
  /** For the client, one sentence. */
  readonly message: string;
  /** Absent: 401. */
  readonly code?: 'not-permitted';
  readonly known?: FailedAuthentication['known'];
}

export type Verdict = Admitted | Refused;

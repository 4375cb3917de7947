import type { TokenClaims } from '#access/token-claims.ts';

/** What a cmi5 fetch URL gives once: the token for one launch (cmi5, 8.2). */
export interface Ticket {
  /** Hex: SHA-256 of what stands in the URL, which itself is not kept. */
  readonly hash: string;
  readonly claims: TokenClaims;
  /** Milliseconds since 1970 from which the URL gives nothing any more. */
  readonly expires: number;
}

export type TicketRefusal = 'redeemed' | 'expired' | 'unknown';

export interface TicketStore {
  put(ticket: Ticket): Promise<void>;

  /** What the ticket gives a token for, and leaves it as it is: whoever makes tickets up costs a read, and no write. */
  find(hash: string, now: number): Promise<TokenClaims | TicketRefusal>;

  /** Of all that redeem a ticket, at whatever moment, exactly one gets its claims. */
  redeem(hash: string, now: number): Promise<TokenClaims | TicketRefusal>;
}

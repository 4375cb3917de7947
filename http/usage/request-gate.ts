import type { Principal } from '#access/principal.ts';

/** Counts requests and refuses those beyond the limits of who sends them. */
export interface RequestGate {
  /**
   * Returns at once: what has to be written of the count is written while the request is processed.
   *
   * @throws XapiError `too-many-requests`, with `retryAfter`
   */
  admit(principal: Principal): void;

  /**
   * Resolves when what was begun is written, or given up, or not done after `patience` milliseconds: before the answer,
   * because a frozen Lambda finishes nothing later. Never rejects.
   */
  settled(patience: number): Promise<void>;
}

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
   * To be awaited before the answer, because a frozen Lambda finishes nothing later.
   *
   * @returns what resolves, and never rejects, when what was begun is written, or given up, or not done in time; undefined
   * when nothing was
   */
  settled(): Promise<void> | undefined;
}

/** How much one credential may ask for. */
export interface RequestLimits {
  /** Requests a second over some seconds; twice as many may come at once. */
  readonly perSecond: number;
  /** Requests a day, which begins at 00:00 UTC. */
  readonly perDay: number;
}

/** More than any content sends; there to stop what runs wild. */
export const DEFAULT_REQUEST_LIMITS: RequestLimits = { perSecond: 1_000, perDay: 20_000_000 };

/** How much one credential may ask for. */
export interface RequestLimits {
  /** Requests a second over some seconds; twice as many may come at once. */
  readonly perSecond: number;
  /** Requests a day, which begins at 00:00 UTC. */
  readonly perDay: number;
}

/** More than any content sends; there to stop what runs wild. */
export const DEFAULT_REQUEST_LIMITS: RequestLimits = { perSecond: 1_000, perDay: 20_000_000 };

/** What content needs at the most: 50 requests at once when it is closed. */
const LAUNCH_PER_SECOND = 25;
const LAUNCH_PER_DAY = 10_000;

/** Of the limits of a credential, what one token takes at the most however small they are: the rest is for others. */
const SHARE = 1 / 4;

/**
 * How much may be asked for with one token that is limited to a launch, so that one learner does not use up what the
 * credential has for all. It counts for the credential as well.
 *
 * @param limits of the credential
 */
export function launchLimits({ perSecond, perDay }: RequestLimits): RequestLimits {
  return {
    perSecond: Math.max(1, Math.floor(Math.min(LAUNCH_PER_SECOND, perSecond * SHARE))),
    perDay: Math.max(1, Math.floor(Math.min(Math.max(LAUNCH_PER_DAY, perDay / 100), perDay * SHARE))),
  };
}

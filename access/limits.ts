import type { Ifi } from '#xapi/agent/ifi.ts';

/**
 * What a token for one launch is limited to. Every member that is there must hold; a resource whose requests cannot be
 * checked against a member that is there is refused.
 */
export interface Limits {
  /** The learner whose records may be written and read. */
  readonly actor?: Ifi;
  /** Lower-cased UUID. */
  readonly registration?: string;
  /** An activity with all below it: see `isWithinActivity`. */
  readonly activity?: string;
  /** IRIs; only of statements. */
  readonly verbs?: readonly string[];
}

/**
 * Which statements somebody may see at all, whatever else is asked for. It must hold for the statement itself, not for what
 * it refers to.
 */
export interface Visibility extends Limits {
  /** Of the statement: `statements/read/mine` sees what the same authority stored. */
  readonly authority?: Ifi;
}

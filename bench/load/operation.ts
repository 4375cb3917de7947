import type { LrsClient } from '#bench/load/lrs-client.ts';

/** Looks at an answer that was received. @throws WrongAnswer */
export type Check = () => void;

export interface Operation {
  readonly name: string;
  /** Requests that are under way at once. */
  readonly inFlight: number;
  /** Statements of one request, for rates. */
  readonly statements: number;
  /** Whether an LRS may still have work with some hundred requests after it has answered them. */
  readonly leavesWork?: boolean;
  /** Sees to what has to be there before so many requests, where it is not. */
  readonly prepare?: (client: LrsClient, count: number) => Promise<void>;
  /** Makes what so many requests send, from the first on. Not timed. */
  readonly makeAhead?: (first: number, count: number) => void;
  /**
   * Begins the work of one of those that send at once.
   *
   * @returns what sends one request, and answers with the check of what came; it gets another number with each call. The
   * checks are run later, in the order of the answers.
   */
  readonly begin: (client: LrsClient) => (index: number) => Promise<Check>;
}

/** Statements that are there before anything is measured: those of the seed from 0 on. */
export interface Dataset {
  readonly seed: string;
  readonly count: number;
  /** Before the first of them was stored, ISO 8601. */
  readonly since: string;
  /**
   * Statements of a dataset in which pages by a filter are to hold as many as in this one, and not the last. Absent: 50 are
   * asked for, and there may be fewer.
   */
  readonly comparedWith?: number;
}

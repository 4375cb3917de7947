/** How long things may take, in milliseconds. */
export interface Pace {
  /** All checks, without the clean-up. */
  readonly checks: number;
  readonly cleanUp: number;
  /** One request with its answer. */
  readonly request: number;
  /** An answer over plain HTTP, which is not to come. */
  readonly plainHttp: number;
  /** How long functions remember a credential that was changed. */
  readonly credentialMemory: number;
  /** Until a statement that was stored is found by a query. */
  readonly visibility: number;
  /** Between two looks whether it is. */
  readonly poll: number;
}

export const PACE: Pace = {
  checks: 105_000,
  cleanUp: 12_000,
  request: 25_000,
  plainHttp: 3_000,
  credentialMemory: 31_000,
  visibility: 25_000,
  poll: 200,
};

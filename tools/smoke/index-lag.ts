/** A statement that was acknowledged. Times are milliseconds since 1970. */
export interface Written {
  readonly id: string;
  /** By the clock of the LRS. */
  readonly stored: number;
  /** By the clock of this machine. */
  readonly acknowledged: number;
}

/** A page of a query that all of them match. */
export interface Observation {
  /** By the clock of this machine. */
  readonly asked: number;
  readonly answered: number;
  /** The header X-Experience-API-Consistent-Through; not a number when it is missing. */
  readonly consistentThrough: number;
  readonly ids: ReadonlySet<string>;
}

/** A page without a statement that its header says is there. */
export interface BrokenPromise {
  readonly written: Written;
  readonly observation: Observation;
}

/** The first page of each statement that should have had it. */
export function brokenPromises(
  written: readonly Written[],
  observations: readonly Observation[],
): readonly BrokenPromise[] {
  return written.flatMap((statement) => {
    const observation = observations.find(
      ({ asked, consistentThrough, ids }) =>
        asked >= statement.acknowledged && consistentThrough >= statement.stored && !ids.has(statement.id),
    );
    return observation === undefined ? [] : [{ written: statement, observation }];
  });
}

/**
 * How long it took at most from an acknowledgement to the end of the first page with the statement, in milliseconds: the
 * lag of the index and one round trip. Undefined while there is none for one of them.
 */
export function longestLag(written: readonly Written[], observations: readonly Observation[]): number | undefined {
  const lags = written.map(({ id, acknowledged }) => {
    const first = observations.find(({ ids }) => ids.has(id));
    return first === undefined ? Number.NaN : Math.max(0, first.answered - acknowledged);
  });
  const longest = Math.max(...lags);
  return Number.isNaN(longest) ? undefined : longest;
}

/** Whether a page promised, by its header, to have them all. */
export function isCovered(written: readonly Written[], observations: readonly Observation[]): boolean {
  const newest = Math.max(...written.map(({ stored }) => stored));
  return observations.some(({ consistentThrough }) => consistentThrough >= newest);
}

import type { PositionBlock, PositionSource } from '#storage/position.ts';

/** A block of positions whose statements are being written. */
export interface Flight {
  readonly block: PositionBlock;
  /** To be called when the write has ended, however it ended. */
  end(): void;
}

/**
 * Hands out positions, and knows up to which moment nothing can be added any more: what the header
 * `X-Experience-API-Consistent-Through` promises (xAPI 1.0.3, Communication 2.1.3; xAPI 2.0, 4.1.6.1).
 */
export interface WriteHorizon {
  begin(count: number): Flight;

  /** Milliseconds since 1970: all that is stored at or before is visible, and nothing will be added there. */
  consistentThrough(): number;
}

/** For functions that write beside others unseen: every write ends, or is given up, within a bound. */
export class BoundedHorizon implements WriteHorizon {
  readonly #positions: PositionSource;
  readonly #now: () => number;
  readonly #bound: number;

  /** @param bound milliseconds from `stored` until a statement is in every index, or never will be. */
  constructor(positions: PositionSource, now: () => number, bound: number) {
    this.#positions = positions;
    this.#now = now;
    this.#bound = bound;
  }

  begin(count: number): Flight {
    return { block: this.#positions.take(count), end: () => {} };
  }

  consistentThrough(): number {
    return this.#now() - this.#bound;
  }
}

/** For a single process in front of a strongly consistent engine: the oldest write in flight is known. */
export class InProcessHorizon implements WriteHorizon {
  readonly #positions: PositionSource;
  readonly #now: () => number;
  readonly #flights = new Set<Flight>();

  constructor(positions: PositionSource, now: () => number) {
    this.#positions = positions;
    this.#now = now;
  }

  begin(count: number): Flight {
    const flight = { block: this.#positions.take(count), end: () => void this.#flights.delete(flight) };
    this.#flights.add(flight);
    return flight;
  }

  consistentThrough(): number {
    // A set keeps the order of insertion and positions only grow, so the first flight is the oldest.
    for (const flight of this.#flights) return flight.block.stored - 1;
    const now = this.#now();
    this.#positions.seal(now);
    return now;
  }
}

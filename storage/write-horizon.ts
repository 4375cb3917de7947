import { blockOf, type PositionBlock, type PositionSource } from '#storage/position.ts';

/** Beyond the deadline of another process, whose clock may differ, in milliseconds. */
const CLOCK_TOLERANCE = 1_000;

/** A block of positions whose statements are being written. */
export interface Flight {
  readonly block: PositionBlock;
  /**
   * To be called when the write has ended, however it ended; only the first call counts.
   *
   * @param doubtUntil milliseconds since 1970, until which what was sent may still be carried out; absent: it will not be.
   */
  end(doubtUntil?: number): void;
}

/**
 * Hands out positions, and knows up to which moment nothing can be added any more: what the header
 * `X-Experience-API-Consistent-Through` promises (xAPI 1.0.3, Communication 2.1.3; xAPI 2.0, 4.1.6.1).
 */
export interface WriteHorizon {
  begin(count: number): Flight;

  /** Milliseconds since 1970: all that is stored at or before is visible, and nothing will be added there. */
  consistentThrough(): number;

  /**
   * Whether a write that was begun, here or elsewhere, may still commit.
   *
   * @param position one of its block
   * @param deadline milliseconds since 1970, by the clock of its process
   */
  mayCommit(position: string, deadline: number): boolean;
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

  mayCommit(position: string, deadline: number): boolean {
    return beforeDeadline(this.#now).mayCommit(position, deadline);
  }
}

/** For who does not write, and knows nothing of those who do: they say until when they may commit. */
export function beforeDeadline(now: () => number): Pick<WriteHorizon, 'mayCommit'> {
  return { mayCommit: (_position, deadline) => now() <= deadline + CLOCK_TOLERANCE };
}

/** What was begun in one millisecond. */
interface Begun {
  readonly stored: number;
  readonly inFlight: Set<PositionBlock>;
  /** Milliseconds since 1970, until which something of it that failed may still be carried out. */
  doubtUntil: number;
}

/** For a single process in front of a strongly consistent engine: the oldest write in flight or in doubt is known. */
export class InProcessHorizon implements WriteHorizon {
  readonly #positions: PositionSource;
  readonly #now: () => number;
  /** By what their positions have in common, oldest first; however many writes fail, one for each millisecond. */
  readonly #begun = new Map<string, Begun>();

  constructor(positions: PositionSource, now: () => number) {
    this.#positions = positions;
    this.#now = now;
  }

  begin(count: number): Flight {
    const block = this.#positions.take(count);
    const name = blockOf(block.positions[0] ?? '');
    const begun = this.#begun.get(name) ?? { stored: block.stored, inFlight: new Set(), doubtUntil: 0 };
    begun.inFlight.add(block);
    this.#begun.set(name, begun);
    return {
      block,
      end: (doubtUntil = 0) => {
        if (!begun.inFlight.delete(block)) return;
        begun.doubtUntil = Math.max(begun.doubtUntil, doubtUntil);
        if (begun.inFlight.size === 0 && begun.doubtUntil === 0) this.#begun.delete(name);
      },
    };
  }

  consistentThrough(): number {
    const now = this.#now();
    // A map keeps the order of insertion and positions only grow, so the first that is not over is the oldest.
    for (const [name, { stored, inFlight, doubtUntil }] of this.#begun) {
      if (inFlight.size > 0 || now <= doubtUntil) return stored - 1;
      this.#begun.delete(name);
    }
    this.#positions.seal(now);
    return now;
  }

  /**
   * What is not in flight here was begun by a process that is gone, or is left to whoever aborts its journal first: that may
   * be a write of the same millisecond, which must not wait for itself.
   */
  mayCommit(position: string): boolean {
    const { inFlight = [] } = this.#begun.get(blockOf(position)) ?? {};
    return Array.from(inFlight).some(({ positions }) => positions.includes(position));
  }
}

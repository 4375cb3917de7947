import { Beside } from '#http/usage/beside.ts';
import { type Lot, Tally, type TallyRules } from '#http/usage/tally.ts';
import type { Logger } from '#runtime/logger.ts';
import { forEachBounded } from '#storage/bounded.ts';

/** Writes that run at once. */
const WRITES = 16;
/** Milliseconds from a line in the log about a lot that could not be written to the next. */
const LINE_AGE = 1_000;

export interface LotsOptions<Subject, Value> extends TallyRules<Subject, Value> {
  /** What is counted, for the log. */
  readonly name: string;
  readonly logger: Logger;
  readonly write: (lot: Lot<Subject, Value>) => Promise<void>;
}

/**
 * Writes lots while the request goes on that made them due. What could not be written goes with a later lot, and for some
 * seconds nothing is tried.
 */
export class Lots<Subject, Value> {
  readonly #options: LotsOptions<Subject, Value>;
  readonly #tally: Tally<Subject, Value>;
  readonly #beside: Beside;
  /** Milliseconds of the clock. */
  #lastLine = Number.NEGATIVE_INFINITY;

  constructor(options: LotsOptions<Subject, Value>) {
    this.#options = options;
    this.#tally = new Tally(options);
    this.#beside = new Beside(options.now);
  }

  /** Returns at once. @param size additions to this subject that make a lot */
  add(subject: Subject, value: Value, size?: number): void {
    const due = this.#tally.add(subject, value, size);
    if (due.length > 0) this.#beside.begin(forEachBounded(due, WRITES, (lot) => this.#write(lot)));
  }

  /** As `Beside.settled`. */
  settled(): Promise<void> | undefined {
    return this.#beside.settled();
  }

  async #write(lot: Lot<Subject, Value>): Promise<void> {
    if (this.#beside.isPaused && this.#tally.putBack(lot)) return;
    try {
      await this.#options.write(lot);
    } catch (error) {
      this.#beside.pause();
      this.#tell(this.#tally.putBack(lot), error instanceof Error ? detailOf(error) : 'unknown');
    }
  }

  #tell(kept: boolean, detail: string): void {
    const { name, logger, now } = this.#options;
    const time = now();
    if (Math.abs(time - this.#lastLine) < LINE_AGE) return;
    this.#lastLine = time;
    logger.warn('not counted', { counted: name, kept, detail });
  }
}

/** A `XapiError` tells the log what the storage said. */
function detailOf(error: Error): string {
  return 'detail' in error && typeof error.detail === 'string' ? error.detail : error.name;
}

import { isDoneWithin } from '#http/usage/patience.ts';
import { type Lot, Tally, type TallyRules } from '#http/usage/tally.ts';
import type { Logger } from '#runtime/logger.ts';
import { forEachBounded } from '#storage/bounded.ts';

/** Writes that run at once. */
const WRITES = 16;

export interface LotsOptions<Subject, Value> extends TallyRules<Subject, Value> {
  /** What is counted, for the log. */
  readonly name: string;
  readonly logger: Logger;
  readonly write: (lot: Lot<Subject, Value>) => Promise<void>;
}

/** Writes lots while the request goes on that made them due. What could not be written goes with a later lot. */
export class Lots<Subject, Value> {
  readonly #options: LotsOptions<Subject, Value>;
  readonly #tally: Tally<Subject, Value>;
  readonly #writing = new Set<Promise<void>>();

  constructor(options: LotsOptions<Subject, Value>) {
    this.#options = options;
    this.#tally = new Tally(options);
  }

  /** Returns at once. @param size additions to this subject that make a lot */
  add(subject: Subject, value: Value, size?: number): void {
    const due = this.#tally.add(subject, value, size);
    if (due.length > 0) this.#begin(forEachBounded(due, WRITES, (lot) => this.#write(lot)));
  }

  /** Resolves when nothing is being written any more, or after `patience` milliseconds. Never rejects. */
  async settled(patience: number): Promise<void> {
    if (this.#writing.size === 0) return;
    await isDoneWithin(Promise.all(this.#writing), patience);
  }

  #begin(writing: Promise<void>): void {
    const done = writing.finally(() => this.#writing.delete(done));
    this.#writing.add(done);
  }

  async #write(lot: Lot<Subject, Value>): Promise<void> {
    const { name, logger, write } = this.#options;
    try {
      await write(lot);
    } catch (error) {
      const kept = this.#tally.putBack(lot);
      logger.warn('not counted', { counted: name, kept, detail: error instanceof Error ? detailOf(error) : 'unknown' });
    }
  }
}

/** A `XapiError` tells the log what the storage said. */
function detailOf(error: Error): string {
  return 'detail' in error && typeof error.detail === 'string' ? error.detail : error.name;
}

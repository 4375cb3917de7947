import type { StreamRecord } from '#local/stream/stream-record.ts';

/** What makes a batch, as in an event source mapping. */
export interface BatchLimits {
  /** Records. */
  readonly size: number;
  /** Bytes of JSON; one record is always taken. */
  readonly bytes: number;
  /** Milliseconds that the first record of a batch waits for others. */
  readonly window: number;
}

/** The records of a shard that wait for their batch to be complete. */
export class RecordQueue {
  readonly #limits: BatchLimits;
  #records: readonly StreamRecord[] = [];
  #bytes = 0;
  /** When the first of them came. */
  #since = 0;

  constructor(limits: BatchLimits) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#records.length === 0;
  }

  /** Whether there is enough for a batch, so that no more need be read. */
  get isFull(): boolean {
    return this.#records.length >= this.#limits.size || this.#bytes >= this.#limits.bytes;
  }

  /** @param now milliseconds */
  add(records: readonly StreamRecord[], now: number): void {
    if (this.isEmpty) this.#since = now;
    this.#records = [...this.#records, ...records];
    this.#bytes += bytesOf(records);
  }

  /** Milliseconds until there is a batch, if no more comes. */
  dueIn(now: number): number {
    if (this.isEmpty) return Infinity;
    return this.isFull ? 0 : Math.max(0, this.#since + this.#limits.window - now);
  }

  /** The records of the next batch, which leave the queue. */
  take(now: number): readonly StreamRecord[] {
    const batch = this.#records.slice(0, this.#count());
    this.#records = this.#records.slice(batch.length);
    this.#bytes -= bytesOf(batch);
    this.#since = now;
    return batch;
  }

  #count(): number {
    let bytes = 0;
    const tooMany = this.#records.findIndex(({ size }, index) => {
      bytes += size;
      return index === this.#limits.size || (index > 0 && bytes > this.#limits.bytes);
    });
    return tooMany === -1 ? this.#records.length : tooMany;
  }
}

function bytesOf(records: readonly StreamRecord[]): number {
  return records.reduce((bytes, { size }) => bytes + size, 0);
}

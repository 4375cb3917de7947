import type { LrsClient } from '#bench/load/lrs-client.ts';
import type { Operation } from '#bench/load/operation.ts';
import { runSlice } from '#bench/load/run-slice.ts';

/** What a client has put, for operations that ask for it: a limit of time may have ended the putting at any place. */
export class Known {
  readonly #indexes = new WeakMap<LrsClient, number[]>();
  /** Behind the last that was put. */
  #next = 0;

  add(client: LrsClient, index: number): void {
    const known = this.#indexes.get(client) ?? [];
    known.push(index);
    this.#indexes.set(client, known);
    this.#next = Math.max(this.#next, index + 1);
  }

  /** One of those that were put. */
  pick(client: LrsClient, index: number): number {
    const known = this.#indexes.get(client) ?? [];
    return known[index % known.length] ?? index;
  }

  /**
   * Puts what is missing of so many, others than those that were put.
   *
   * @param put adds what it has put
   * @throws Error when an answer is wrong
   */
  async complete(client: LrsClient, put: Operation, count: number): Promise<void> {
    const missing = { first: this.#next, count: count - (this.#indexes.get(client)?.length ?? 0) };
    const { failures } = await runSlice(client, put, { ...missing, time: Number.POSITIVE_INFINITY });
    if (failures[0] !== undefined) throw new Error(`${client.name}, ${put.name}: ${failures[0]}`);
  }
}

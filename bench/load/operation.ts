import type { LrsClient } from '#bench/load/lrs-client.ts';

export interface Operation {
  readonly name: string;
  /** Requests that are under way at once. */
  readonly inFlight: number;
  /** Statements of one request, for rates. */
  readonly statements: number;
  /**
   * Begins the work of one of those that send at once.
   *
   * @returns what sends one request and checks the answer; it gets another number with each call.
   */
  readonly begin: (client: LrsClient) => (index: number) => Promise<void>;
}

/** Statements that are there before anything is measured: those of the seed from 0 on. */
export interface Dataset {
  readonly seed: string;
  readonly count: number;
  /** Before the first of them was stored, ISO 8601. */
  readonly since: string;
}

/** What a client has put, for operations that ask for it: a limit of time may have ended the putting at any place. */
export class Known {
  readonly #indexes = new WeakMap<LrsClient, number[]>();

  add(client: LrsClient, index: number): void {
    const known = this.#indexes.get(client) ?? [];
    known.push(index);
    this.#indexes.set(client, known);
  }

  /** One of those that were put. */
  pick(client: LrsClient, index: number): number {
    const known = this.#indexes.get(client) ?? [];
    return known[index % known.length] ?? index;
  }
}

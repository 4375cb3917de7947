import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { toContext } from '#local/lambda/context.ts';
import { type LocalFunction, TIME_LIMIT } from '#local/lambda/local-function.ts';

/** How many events a function works on at once; Lambda would work on as many as there are, on machines of their own. */
const CONCURRENCY = 2;
/** Milliseconds before the second and the third call with an event; Lambda waits for one minute and for two. */
const RETRY_PAUSES: readonly number[] = [1_000, 10_000];

export interface EventQueueOptions {
  readonly name: string;
  readonly handler: LocalFunction;
  readonly retryPauses?: readonly number[];
}

/** The events that wait for a function. One that it fails on comes again twice; then it is logged and let go. */
export class EventQueue {
  readonly #name: string;
  readonly #handler: LocalFunction;
  readonly #retryPauses: readonly number[];
  readonly #stopping = new AbortController();
  readonly #waiting: string[] = [];
  readonly #workers = new Set<Promise<void>>();

  constructor({ name, handler, retryPauses = RETRY_PAUSES }: EventQueueOptions) {
    this.#name = name;
    this.#handler = handler;
    this.#retryPauses = retryPauses;
  }

  /** @param event JSON */
  add(event: string): void {
    this.#waiting.push(event);
    if (this.#workers.size >= CONCURRENCY) return;
    const worker = this.#work().finally(() => this.#workers.delete(worker));
    this.#workers.add(worker);
  }

  /** Waits for the calls in flight. Events that wait are let go: what they ask for is also found by the schedules. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#waiting.length = 0;
    await Promise.all(this.#workers);
  }

  async #work(): Promise<void> {
    for (let event = this.#waiting.shift(); event !== undefined; event = this.#waiting.shift()) {
      await this.#deliver(event);
    }
  }

  async #deliver(event: string): Promise<void> {
    const requestId = randomUUID();
    const { signal } = this.#stopping;
    for (const pause of [0, ...this.#retryPauses]) {
      if (!(await this.#pause(pause))) return;
      try {
        await this.#handler(event, toContext(this.#name, requestId, Date.now() + TIME_LIMIT, signal));
        return;
      } catch (error) {
        console.error(`The function ${this.#name} failed on event ${requestId}:`, error);
      }
    }
    console.error(`The function ${this.#name} has failed ${this.#retryPauses.length + 1} times on event ${requestId}.`);
  }

  /** @returns false when the queue is stopped meanwhile. */
  #pause(pause: number): Promise<boolean> {
    const { signal } = this.#stopping;
    if (pause === 0) return Promise.resolve(!signal.aborted);
    return sleep(pause, true, { signal }).catch(() => false);
  }
}

import { pause } from '#local/stream/pause.ts';
import { type Delivery, firstDelivery, nextDeliveries } from '#local/stream/next-deliveries.ts';
import type { StreamRecord } from '#local/stream/stream-record.ts';

export interface DeliveryOptions {
  /**
   * Calls the function with records.
   *
   * @returns index of the first that has to come again; undefined: all are done
   */
  readonly call: (records: readonly StreamRecord[]) => Promise<number | undefined>;
  /** Told how many records are done, from the first on, whenever there are more. */
  readonly onDone: (done: number) => Promise<void>;
  readonly onGivenUp: (record: StreamRecord) => void;
  /** Ends it after the call in flight. */
  readonly signal: AbortSignal;
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Brings records to a function, one call after the other and in order, until each is done or given up. */
export async function deliver(records: readonly StreamRecord[], options: DeliveryOptions): Promise<void> {
  const { call, onDone, onGivenUp, signal, wait = pause } = options;
  const left: Delivery<StreamRecord>[] = [firstDelivery(records)];
  let done = 0;
  for (let delivery = left.shift(); delivery !== undefined && !signal.aborted; delivery = left.shift()) {
    const next = nextDeliveries(delivery, await call(delivery.records));
    left.unshift(...next.again);
    done += next.done;
    if (next.givenUp !== undefined) onGivenUp(next.givenUp);
    if (next.done > 0) await onDone(done);
    if (next.pause > 0) await wait(next.pause, signal);
  }
}

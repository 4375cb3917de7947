/** Records that are brought to a function together. */
export interface Delivery<Item> {
  readonly records: readonly Item[];
  /** How often it has failed on them, when there is only one. */
  readonly failures: number;
}

/** What follows from the answer to a delivery. */
export interface NextDeliveries<Item> {
  /** How many of its records need not come again, counted from the first. */
  readonly done: number;
  /** The record that is given up, which is one of them. */
  readonly givenUp: Item | undefined;
  /** What of it comes again, in order. */
  readonly again: readonly Delivery<Item>[];
  /** Milliseconds to wait before. */
  readonly pause: number;
}

/** How often a record that a function fails on comes again. */
const RETRIES = 10;
const FIRST_PAUSE = 1_000;
const LAST_PAUSE = 30_000;

/**
 * As Lambda does for an event source mapping that bisects: where a function names the record that it failed on, those
 * before are done. Otherwise the halves come again by themselves, until a record that cannot be done is alone; that one is
 * given up after a while, because all behind it wait.
 *
 * @param failed index of the first record that has to come again; undefined when the function has done them all
 */
export function nextDeliveries<Item>(
  { records, failures }: Delivery<Item>,
  failed: number | undefined,
): NextDeliveries<Item> {
  const nothing = { givenUp: undefined, again: [], pause: 0 };
  if (failed === undefined) return { ...nothing, done: records.length };
  if (failed > 0) {
    return { ...nothing, done: failed, again: [firstDelivery(records.slice(failed))], pause: FIRST_PAUSE };
  }
  if (records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    const again = [firstDelivery(records.slice(0, middle)), firstDelivery(records.slice(middle))];
    return { ...nothing, done: 0, again, pause: FIRST_PAUSE };
  }
  if (failures >= RETRIES) return { ...nothing, done: records.length, givenUp: records[0] };
  const pause = Math.min(LAST_PAUSE, FIRST_PAUSE * 2 ** failures);
  return { ...nothing, done: 0, again: [{ records, failures: failures + 1 }], pause };
}

export function firstDelivery<Item>(records: readonly Item[]): Delivery<Item> {
  return { records, failures: 0 };
}

import type { UsageCounter } from '#storage/usage-counter.ts';

/** Counts as the Registry does, in memory, with all processes of a simulation. */
export function countInMemory(): UsageCounter {
  const totals = new Map<string, number>();
  return {
    add: ({ store, principal, day }, requests) => {
      const id = `${store} ${principal} ${day}`;
      totals.set(id, (totals.get(id) ?? 0) + requests);
      return Promise.resolve(totals.get(id));
    },
  };
}

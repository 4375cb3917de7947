/** Runs over all items with at most `limit` in progress, starting in order; rejects with the first error. */
export async function forEachBounded<Item>(
  items: Iterable<Item>,
  limit: number,
  run: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  const work = async (first: Item): Promise<void> => {
    await run(first);
    for (let next = queue.next(); next.done !== true; next = queue.next()) await run(next.value);
  };
  const working: Promise<void>[] = [];
  // Mostly there is nothing to do, or little.
  for (let next = queue.next(); next.done !== true; next = queue.next()) {
    working.push(work(next.value));
    if (working.length === limit) break;
  }
  await Promise.all(working);
}

/** Cuts a list into pieces of `size`, the last one possibly shorter. */
export function chunksOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

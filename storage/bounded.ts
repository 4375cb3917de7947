/** Runs over all items with at most `limit` in progress, starting in order; rejects with the first error. */
export async function forEachBounded<Item>(
  items: Iterable<Item>,
  limit: number,
  run: (item: Item) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const queue = { isEmpty: false };
  const work = async (): Promise<void> => {
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) await run(next.value);
    queue.isEmpty = true;
  };
  const working: Promise<void>[] = [];
  // Mostly there is nothing to do, or little.
  while (working.length < limit && !queue.isEmpty) working.push(work());
  await Promise.all(working);
}

/** Cuts a list into pieces of `size`, the last one possibly shorter. */
export function chunksOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/**
 * Runs over all items with at most `limit` in progress, starting in order. After an error no other is begun.
 *
 * @throws the first error, once nothing is in progress any more: what went on behind an answer could undo what is done
 * after it, or be frozen with a Lambda and go on much later.
 */
export async function forEachBounded<Item>(
  items: Iterable<Item>,
  limit: number,
  run: (item: Item) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const errors: unknown[] = [];
  const queue = { isOver: false };
  const work = async (): Promise<void> => {
    try {
      while (!queue.isOver) {
        const next = iterator.next();
        if (next.done === true) break;
        await run(next.value);
      }
    } catch (error) {
      errors.push(error);
    }
    queue.isOver = true;
  };
  const working: Promise<void>[] = [];
  // Mostly there is nothing to do, or little.
  while (working.length < limit && !queue.isOver) working.push(work());
  await Promise.all(working);
  if (errors.length > 0) throw errors[0];
}

/** Cuts a list into pieces of `size`, the last one possibly shorter. */
export function chunksOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

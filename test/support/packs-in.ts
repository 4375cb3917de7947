import type { Item } from '#storage/dynamodb/attributes.ts';

/** The packs among items: how many statements each has, by its index; of every index one pack at most. */
export function packsIn(items: readonly Item[]): Readonly<Record<string, number>> {
  const packs = items.filter((item) => item['z'] !== undefined);
  return Object.fromEntries(
    packs.map((item) => [item['pk']?.S?.split('|')[1]?.replace('pack-', '') ?? '', (item['m']?.B?.length ?? 0) / 19]),
  );
}

import { chunksOf } from '#storage/bounded.ts';
import { shifted } from '#storage/position.ts';

/** Statements of a section: as many as one transaction holds together with all their packs. */
export const SECTION_SIZE = 50;

/** Where the packs of a section are. */
export interface SectionPlace {
  /** The position of its first statement, whether or not that is in a pack. */
  readonly section: string;
  /** See `Keyspace.packShard`. */
  readonly shard: number;
}

/** Cuts an array into pieces, within which statements share packs and entries: so that an item leads to few positions. */
export function sectionsOf<Item>(array: readonly Item[]): readonly (readonly Item[])[] {
  return chunksOf(array, SECTION_SIZE);
}

/** The last position that an item of a section may lead to, which begins at this position or later. */
export function endOfSection(position: string): string {
  return shifted(position, SECTION_SIZE - 1);
}

/** Where a section may begin that has this position. */
export function startOfSection(position: string): string {
  return shifted(position, 1 - SECTION_SIZE);
}

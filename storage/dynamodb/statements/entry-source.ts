import type { Item } from '#storage/dynamodb/attributes.ts';
import { extentOf, isInherited, packedSection, readEntry, sizeOf } from '#storage/dynamodb/statements/entry-item.ts';
import { hasBodies } from '#storage/dynamodb/statements/pack-item.ts';
import { startBefore } from '#storage/dynamodb/statements/old-entries.ts';
import type { Candidate, PointerSource } from '#storage/dynamodb/statements/pointer-source.ts';
import { BEYOND, entryRangeStart, type PositionRange } from '#storage/dynamodb/statements/position-range.ts';
import { readPack } from '#storage/dynamodb/statements/read-pack.ts';
import { endOfSection } from '#storage/dynamodb/statements/section.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';
import type { UsualItems } from '#storage/dynamodb/statements/usual-items.ts';
import { blockOf } from '#storage/position.ts';

export interface EntrySourceOptions {
  readonly partition: string;
  readonly shards: number;
  readonly usual: UsualItems;
  /** Entries that are older than packs may be here, each of which leads to statements of all of an array. */
  readonly hasOldEntries?: boolean;
}

/** Entries that are read besides: those that show that one is complete. */
const BESIDE = 2;

/** The entries of a partition, each of which may stand for many statements of one section, and packs among them. */
export function entrySource(
  table: StatementsTable,
  { partition, shards, usual, hasOldEntries = false }: EntrySourceOptions,
): PointerSource {
  const startOf = ({ from }: PositionRange): Promise<string> | string => {
    return hasOldEntries ? startBefore(table, partition, from) : entryRangeStart({ from });
  };
  let start: Promise<string> | string | undefined;
  return {
    shards,
    itemsFor: (statements) => Math.min(statements, usual.for(partition, statements) + BESIDE),
    read: async (range, limit, startKey) => {
      start ??= startOf(range);
      const page = await table.between({ ...range, partition, from: await start, limit, startKey });
      const runs = page.items.map((item) => ({
        ...extentOf(item),
        reach: reachOf(item, hasOldEntries),
        size: sizeOf(item),
        candidates: () => candidatesIn(item),
      }));
      usual.note(partition, runs);
      return { runs, next: page.lastKey };
    },
  };
}

/** Before what a statement has inherited, an old entry may begin; before another entry, none that reaches behind it. */
function reachOf(item: Item, hasOldEntries: boolean): string {
  const { first } = extentOf(item);
  return hasOldEntries && isInherited(item) ? blockOf(first) + BEYOND : endOfSection(first);
}

function candidatesIn(item: Item): readonly Candidate[] {
  if (hasBodies(item)) return readPack(item).statements;
  const inherited = isInherited(item);
  const packedIn = packedSection(item);
  return readEntry(item).map((pointer) => ({ ...pointer, inherited, ...(packedIn !== undefined && { packedIn }) }));
}

import type { Item } from '#storage/dynamodb/attributes.ts';
import { extentOf, isInherited } from '#storage/dynamodb/statements/entry-item.ts';
import { entryRangeStart } from '#storage/dynamodb/statements/position-range.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';
import { blockOf, counterOf, POSITION_PATTERN } from '#storage/position.ts';

/** Items that are read at once where statements have inherited entries one after the other. */
const INHERITED_AT_ONCE = 200;

/**
 * Of an old entry, the one that holds a position may begin anywhere before it in the array. Whatever is not inherited leads
 * to statements of one array that follow each other, so that the next before the section tells.
 *
 * @param from the first position that is asked for
 * @returns where to start among the entries of a partition where old ones may be
 */
export async function startBefore(table: StatementsTable, partition: string, from: string): Promise<string> {
  const start = entryRangeStart({ from });
  if (!POSITION_PATTERN.test(start) || counterOf(start) === 0) return start;
  const before = { partition, from: blockOf(start), to: start, ascending: false };
  let startKey: Item | undefined;
  do {
    const limit = startKey === undefined ? 1 : INHERITED_AT_ONCE;
    const page = await table.between({ ...before, limit, startKey });
    const own = page.items.find((item) => !isInherited(item));
    const extent = own && extentOf(own);
    if (extent !== undefined) return extent.last < from ? start : extent.first;
    startKey = page.lastKey;
  } while (startKey !== undefined);
  return start;
}

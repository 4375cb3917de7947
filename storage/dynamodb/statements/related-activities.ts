import { RELATED_INDEXES } from '#storage/dynamodb/statements/keyspace.ts';
import type { StatementKeys } from '#xapi/statement/statement-keys.ts';

export interface IndexedRelated {
  /** The related activities that the statement has index rows for, at most as many as there are such indexes. */
  readonly indexed: readonly string[];
}

/**
 * Decides which related activities of the statements of an array are found in indexes; the others are found by entries.
 * An index row and an entry of one statement cost the same write unit, but the row is written with the statement, and
 * carries its body. What several statements of the array share is one entry for all of them, which is cheaper than a row
 * for each.
 *
 * @param array all of it, as its entries are written: a part of it would be decided otherwise
 */
export function withIndexedRelated<Keyed extends { readonly keys: StatementKeys }>(
  array: readonly Keyed[],
): readonly (Keyed & IndexedRelated)[] {
  const [seen, shared] = [new Set<string>(), new Set<string>()];
  for (const { keys } of array) {
    for (const activity of keys.relatedActivities) (seen.has(activity) ? shared : seen).add(activity);
  }
  return array.map((statement) => {
    const alone = statement.keys.relatedActivities.filter((activity) => !shared.has(activity));
    return { ...statement, indexed: alone.slice(0, RELATED_INDEXES.length) };
  });
}

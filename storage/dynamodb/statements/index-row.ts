import type { PackedIndex } from '#storage/dynamodb/statements/keyspace.ts';
import type { StatementKeys } from '#xapi/statement/statement-keys.ts';

/** An index row stays within one write unit (1,024 bytes) with a body of this size and keys of usual length. */
export const INDEXED_BODY_LIMIT = 700;

/** What a statement has in an index. @returns undefined when it is not in that index */
export function valueIn(index: PackedIndex, keys: StatementKeys): string | undefined {
  return index === 'time' ? '' : keys[index];
}

import { INDEX_ATTRIBUTES } from '#storage/dynamodb/statements/keyspace.ts';

/** What holds a partition key, of an item or a query. */
const HOLDERS: ReadonlySet<string> = new Set(['pk', ':pk', ':partition', ...Object.values(INDEX_ATTRIBUTES)]);

/** All partition keys in what DynamoDB is asked. */
export function partitionKeysIn(input: unknown): readonly string[] {
  if (typeof input !== 'object' || input === null || input instanceof Uint8Array) return [];
  return Object.entries(input).flatMap(([name, value]) =>
    HOLDERS.has(name) ? [textIn(value)] : partitionKeysIn(value),
  );
}

function textIn(value: { readonly S?: string }): string {
  return value.S ?? '';
}

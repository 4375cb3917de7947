import { type Item, keyAttributes } from '#storage/dynamodb/attributes.ts';
import type { RegistryPlace } from '#storage/dynamodb/registry/read-item.ts';
import { throwDomainError } from '#storage/dynamodb/dynamodb-errors.ts';

export interface Range {
  readonly partition: string;
  /** A sort key: begins behind it, in the direction of the order. */
  readonly after: string | undefined;
  /** How many items at the most. */
  readonly count: number;
  readonly descending?: boolean;
  /** Which items count; the others are left out. Absent: all. */
  readonly isListed?: (item: Item) => boolean;
}

/** Items in the order of their sort keys; strongly consistent. */
export async function readRange(
  { client, tableName }: RegistryPlace,
  { partition, after, count, descending = false, isListed = () => true }: Range,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let begin = after === undefined ? undefined : keyAttributes({ pk: partition, sk: after });
  do {
    const { Items: found = [], LastEvaluatedKey: last } = await client
      .call('Query', {
        TableName: tableName,
        KeyConditionExpression: 'pk = :partition',
        ExpressionAttributeValues: { ':partition': { S: partition } },
        ExclusiveStartKey: begin,
        // Not what is missing: few would be read at a time where long runs do not count.
        Limit: count,
        ScanIndexForward: !descending,
        ConsistentRead: true,
      })
      .catch(throwDomainError);
    items.push(...found.filter(isListed));
    begin = last;
  } while (items.length < count && begin !== undefined);
  return items.slice(0, count);
}

import type { Item } from '#storage/dynamodb/attributes.ts';
import type { PositionRange } from '#storage/dynamodb/statements/position-range.ts';

/** A query for the packs or entries of a partition that stand from one position to another, both included. */
export function itemsBetween(
  { partition, from, to, ascending }: Omit<PositionRange, 'after'> & { readonly partition: string },
  limit: number,
  startKey: Item | undefined,
) {
  return {
    KeyConditionExpression: 'pk = :partition AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':partition': { S: partition }, ':from': { S: from }, ':to': { S: to } },
    ScanIndexForward: ascending,
    Limit: limit,
    ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
  };
}

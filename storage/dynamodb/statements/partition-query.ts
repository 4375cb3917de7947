import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Item } from '#storage/dynamodb/attributes.ts';
import { INDEX_ATTRIBUTES, type IndexName } from '#storage/dynamodb/statements/keyspace.ts';
import { BEYOND, type PositionRange } from '#storage/dynamodb/statements/position-range.ts';
import type { RowFilter } from '#storage/dynamodb/statements/row-filter.ts';
import { startOf } from '#storage/position.ts';

/** What stands in a partition from one position to another, both included. */
export interface PartitionQuery extends Omit<PositionRange, 'after'> {
  /** Absent: of the table itself, whose packs and entries have positions, too. */
  readonly index?: IndexName;
  readonly partition: string;
  readonly filter?: RowFilter | undefined;
  readonly limit: number;
  readonly startKey: Item | undefined;
}

export function queryInput(query: PartitionQuery): Omit<QueryCommandInput, 'TableName'> {
  const { index, partition, from, to, ascending, filter, limit, startKey } = query;
  const [partitionKey, sortKey] = index === undefined ? ['pk', 'sk'] : [INDEX_ATTRIBUTES[index], 'p'];
  return {
    ...(index !== undefined && { IndexName: index }),
    KeyConditionExpression: `${partitionKey} = :partition AND ${sortKey} BETWEEN :from AND :to`,
    ExpressionAttributeValues: {
      ':partition': { S: partition },
      ':from': { S: from },
      ':to': { S: to },
      ...filter?.values,
    },
    ...(filter !== undefined && { FilterExpression: filter.expression }),
    ScanIndexForward: ascending,
    Limit: limit,
    ...(startKey !== undefined && { ExclusiveStartKey: startKey }),
  };
}

/** Whether everything is asked for that the partition has at any position. */
export function isOfWholePartition({ from, to, startKey }: PartitionQuery): boolean {
  return from === startOf(0) && to === BEYOND && startKey === undefined;
}

import type { Part } from '#functions/resource-deps.ts';
import type { BodyItemsContext } from '#storage/dynamodb/body-items.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { GroupedWrites } from '#storage/dynamodb/grouped-writes.ts';
import { EmptyPartitions } from '#storage/dynamodb/statements/empty-partitions.ts';
import type { TableOptions } from '#storage/dynamodb/statements/statements-table.ts';

/* What functions may do where no other process writes; nothing where others write unseen. */

type Consistency = Part<readonly ['LRS_CONSISTENCY']>;

/** All functions that write statements have to share it; at present there is one. */
let emptyPartitions: EmptyPartitions | undefined;

/** Shared by all functions that write documents, so that those of all kinds are written together. */
let documentWrites: GroupedWrites | undefined;

export function asOnlyWriterOfStatements({ LRS_CONSISTENCY }: Consistency, client: DynamoDb): TableOptions {
  if (LRS_CONSISTENCY !== 'in-process') return {};
  emptyPartitions ??= new EmptyPartitions();
  return { emptyPartitions, writes: new GroupedWrites(client) };
}

/** @param client of the first function that asks, through which those of all go: they have the same environment */
export function asOnlyWriterOfDocuments(
  { LRS_CONSISTENCY }: Consistency,
  client: DynamoDb,
): Pick<BodyItemsContext, 'writes'> {
  if (LRS_CONSISTENCY !== 'in-process') return {};
  documentWrites ??= new GroupedWrites(client);
  return { writes: documentWrites };
}

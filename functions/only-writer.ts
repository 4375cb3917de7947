import type { Part } from '#functions/resource-deps.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { EmptyPartitions } from '#storage/dynamodb/statements/empty-partitions.ts';
import { GroupedPuts } from '#storage/dynamodb/statements/grouped-puts.ts';
import type { TableOptions } from '#storage/dynamodb/statements/statements-table.ts';

/** All functions that write statements have to share it; at present there is one. */
let ofThisProcess: EmptyPartitions | undefined;

/** What a function that writes statements may do where no other process does; nothing where others write unseen. */
export function asOnlyWriter(settings: Part<readonly ['LRS_CONSISTENCY']>, client: DynamoDb): TableOptions {
  if (settings.LRS_CONSISTENCY !== 'in-process') return {};
  ofThisProcess ??= new EmptyPartitions();
  return { emptyPartitions: ofThisProcess, puts: new GroupedPuts(client) };
}

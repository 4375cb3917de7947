import type { Part } from '#functions/resource-deps.ts';
import { EmptyPartitions } from '#storage/dynamodb/statements/empty-partitions.ts';

/** All functions that write statements have to share it; at present there is one. */
let ofThisProcess: EmptyPartitions | undefined;

/** What a function that writes statements knows of where there are none; undefined where others write unseen. */
export function knownPartitions(settings: Part<readonly ['LRS_CONSISTENCY']>): EmptyPartitions | undefined {
  if (settings.LRS_CONSISTENCY !== 'in-process') return undefined;
  ofThisProcess ??= new EmptyPartitions();
  return ofThisProcess;
}

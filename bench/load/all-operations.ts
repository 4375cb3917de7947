import { attachmentOperations } from '#bench/load/attachment-operations.ts';
import { documentOperations } from '#bench/load/document-operations.ts';
import type { Dataset, Operation } from '#bench/load/operation.ts';
import { readOperations } from '#bench/load/read-operations.ts';
import { storeOperations } from '#bench/load/store-operations.ts';

/** In the order in which they are measured: reads before more is stored. */
export function allOperations(dataset: Dataset): readonly Operation[] {
  const { seed } = dataset;
  return [
    ...readOperations(dataset),
    ...storeOperations(seed),
    ...documentOperations(`${seed}-e`),
    ...attachmentOperations(`${seed}-f`),
  ];
}

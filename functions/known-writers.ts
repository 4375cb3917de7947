import type { Part } from '#functions/resource-deps.ts';
import { EmptyPartitions } from '#storage/dynamodb/statements/empty-partitions.ts';
import type { StatementStoreOptions } from '#storage/dynamodb/statements/statement-store.ts';
import { PositionSource, writerFrom } from '#storage/position.ts';
import { BoundedHorizon, InProcessHorizon } from '#storage/write-horizon.ts';

export const WRITERS_VARIABLES = ['LRS_CONSISTENCY', 'LRS_COMMIT_BOUND_MS', 'LRS_INDEX_LAG_MS'] as const;

/** What a function that reads the order of statements knows of those who write them. */
export type KnownWriters = Pick<StatementStoreOptions, 'horizon' | 'emptyPartitions'>;

/** On the laptop all functions are in one process, in which each has to know what the others are writing. */
let ofThisProcess: KnownWriters | undefined;

export function knownWriters(settings: Part<typeof WRITERS_VARIABLES>): KnownWriters {
  const positions = new PositionSource(Date.now, writerFrom(Math.random));
  if (settings.LRS_CONSISTENCY === 'in-process') {
    ofThisProcess ??= { horizon: new InProcessHorizon(positions, Date.now), emptyPartitions: new EmptyPartitions() };
    return ofThisProcess;
  }
  const bound = settings.LRS_COMMIT_BOUND_MS + settings.LRS_INDEX_LAG_MS;
  return { horizon: new BoundedHorizon(positions, Date.now, bound) };
}

import type { Part } from '#functions/resource-deps.ts';
import { PositionSource, writerFrom } from '#storage/position.ts';
import { BoundedHorizon, InProcessHorizon, type WriteHorizon } from '#storage/write-horizon.ts';

/* What the functions that read the order of statements know of those that are being written. */

export const HORIZON_VARIABLES = ['LRS_CONSISTENCY', 'LRS_COMMIT_BOUND_MS', 'LRS_INDEX_LAG_MS'] as const;

/** On the laptop all functions are in one process, in which each has to know what the others are writing. */
let ofThisProcess: WriteHorizon | undefined;

export function writeHorizon(settings: Part<typeof HORIZON_VARIABLES>): WriteHorizon {
  const positions = new PositionSource(Date.now, writerFrom(Math.random));
  if (settings.LRS_CONSISTENCY === 'in-process') {
    ofThisProcess ??= new InProcessHorizon(positions, Date.now);
    return ofThisProcess;
  }
  return new BoundedHorizon(positions, Date.now, settings.LRS_COMMIT_BOUND_MS + settings.LRS_INDEX_LAG_MS);
}

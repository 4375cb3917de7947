import { describe, expect, it } from 'vitest';
import { writeHorizon } from '#functions/write-horizon.ts';

const BOUNDS = { LRS_COMMIT_BOUND_MS: 10_000, LRS_INDEX_LAG_MS: 2_000 };

describe('writeHorizon', () => {
  it('lets one function know what another one writes in the same process', () => {
    const writer = writeHorizon({ ...BOUNDS, LRS_CONSISTENCY: 'in-process' });
    const reader = writeHorizon({ ...BOUNDS, LRS_CONSISTENCY: 'in-process' });
    const flight = writer.begin(1);
    const [position = ''] = flight.block.positions;
    expect(reader.consistentThrough()).toBe(flight.block.stored - 1);
    expect(reader.mayCommit(position, 0)).toBe(true);
    flight.end();
    expect(reader.mayCommit(position, 0)).toBe(false);
  });

  it('stays behind by what a write may take and an index may lag, where others write unseen', () => {
    const horizon = writeHorizon({ ...BOUNDS, LRS_CONSISTENCY: 'bounded' });
    horizon.begin(1);
    expect(Math.abs(Date.now() - 12_000 - horizon.consistentThrough())).toBeLessThan(1_000);
  });
});

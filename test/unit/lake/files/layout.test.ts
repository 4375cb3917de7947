import { describe, expect, it } from 'vitest';
import { LAKE_TABLES } from '#lake/columns.ts';
import { dataFolder, dayOf, dayPartitionIn, manifestKey, partitionFolder } from '#lake/files/layout.ts';
import { PositionSource } from '#storage/position.ts';

describe('the layout of the lake', () => {
  const partition = { store: 'acme', day: '2026-11-29' };

  it('is as engines know partitions', () => {
    expect(partitionFolder(partition)).toBe('store=acme/dt=2026-11-29/');
    expect(dataFolder(LAKE_TABLES.pseudonymous, partition)).toBe('lake/pseudonymous/store=acme/dt=2026-11-29/');
    expect(dataFolder(LAKE_TABLES.actors, { store: 'acme' })).toBe('lake/actors/store=acme/');
    expect(manifestKey(LAKE_TABLES.statements, partition)).toBe(
      'lake/current/statements/store=acme/dt=2026-11-29/manifest',
    );
  });

  it('leads back from a key to its partition', () => {
    expect(dayPartitionIn(`${partitionFolder(partition)}manifest`)).toEqual(partition);
  });

  it.each(['store=acme/manifest', 'store=/dt=2026-11-29/x', 'store=a|b/dt=2026-11-29/x', 'dt=2026-11-29/x', ''])(
    'knows no partition of a day in %s',
    (path) => {
      expect(dayPartitionIn(path)).toBeUndefined();
    },
  );

  it.each([
    ['2026-11-29T00:00:00.000Z', '2026-11-29'],
    ['2026-11-29T23:59:59.999Z', '2026-11-29'],
    ['2024-02-29T12:00:00.000Z', '2024-02-29'],
  ])('puts what is stored at %s into the day %s', (stored, day) => {
    const [position = ''] = new PositionSource(() => Date.parse(stored), 0).take(1).positions;
    expect(dayOf(position)).toBe(day);
  });
});

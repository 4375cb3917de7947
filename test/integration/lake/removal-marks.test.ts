import { describe, expect, it } from 'vitest';
import { readMarks, RemovalMarks } from '#lake/removals/removal-marks.ts';
import { freshLake } from '#test/support/lake.ts';
import { keysIn } from '#test/support/lake-readers.ts';

const DAY = { store: 'default', day: '2026-11-29' };
const FOLDER = 'lake/removals/';

describe('marks of what was voided or erased', () => {
  it('are pending until they are applied, and kept for ever', async () => {
    const marks = new RemovalMarks(await freshLake());
    await marks.add(DAY, ['a', 'b']);
    await marks.add(DAY, ['c']);
    const { pending, applied } = await readMarks(marks, DAY);
    expect([pending.positions, applied.positions]).toEqual([new Set(['a', 'b', 'c']), new Set()]);
    await marks.apply(DAY, pending, applied);
    expect(await readMarks(marks, DAY)).toMatchObject({
      pending: { positions: new Set() },
      removed: new Set(['a', 'b', 'c']),
    });
  });

  it('are the same when they are put again', async () => {
    const objects = await freshLake();
    const marks = new RemovalMarks(objects);
    await marks.add(DAY, ['a', 'b']);
    await marks.add(DAY, ['b', 'a', 'b']);
    expect(await keysIn(objects, FOLDER)).toHaveLength(1);
  });

  it('are put together when they are applied, but for those that came meanwhile', async () => {
    const objects = await freshLake();
    const marks = new RemovalMarks(objects);
    for (const position of ['a', 'b', 'c']) {
      await marks.add(DAY, [position]);
      const { pending, applied } = await readMarks(marks, DAY);
      await marks.add(DAY, [`${position}-late`]);
      await marks.apply(DAY, pending, applied);
    }
    const { pending, applied } = await readMarks(marks, DAY);
    expect([pending.positions, applied.keys.length]).toEqual([new Set(['c-late']), 1]);
    expect(applied.positions).toEqual(new Set(['a', 'a-late', 'b', 'b-late', 'c']));
  });

  it('are not lost by any of those who apply them at once', async () => {
    const objects = await freshLake();
    const marks = new RemovalMarks(objects);
    await Promise.all(
      Array.from({ length: 6 }, async (_, index) => {
        await marks.add(DAY, [`position-${index}`]);
        const { pending, applied } = await readMarks(marks, DAY);
        await marks.apply(DAY, pending, applied);
      }),
    );
    const { removed } = await readMarks(marks, DAY);
    expect(removed.size).toBe(6);
  });

  it('are those of one store and day', async () => {
    const marks = new RemovalMarks(await freshLake());
    await marks.add(DAY, ['a']);
    await marks.add({ ...DAY, store: 'default2' }, ['b']);
    await marks.add({ ...DAY, day: '2026-11-30' }, ['c']);
    expect((await readMarks(marks, DAY)).removed).toEqual(new Set(['a']));
  });
});

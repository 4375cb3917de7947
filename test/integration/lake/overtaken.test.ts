import { describe, expect, it } from 'vitest';
import { collectGarbage } from '#lake/compaction/collect-garbage.ts';
import { compactPartition } from '#lake/compaction/compact-partition.ts';
import type { LakeStatement } from '#lake/rows/row.ts';
import type { ObjectStore } from '#storage/object-store.ts';
import { gate } from '#test/support/faulty-client.ts';
import { interceptedObjects, Killed } from '#test/support/intercepted-objects.ts';
import { compactionOn, freshLake, lakeWriterOn, partitionOf, StoredStatements } from '#test/support/lake.ts';
import { idsIn } from '#test/support/lake-readers.ts';

const HOUR = 3_600_000;

function now(): number {
  return Date.now() + HOUR;
}

/** Two statements, each in a file of its own. */
async function twoFiles(): Promise<{ objects: ObjectStore; one: LakeStatement; other: LakeStatement }> {
  const objects = await freshLake();
  const stored = new StoredStatements();
  const [one, other] = [stored.make(), stored.make()];
  for (const statement of [one, other]) await lakeWriterOn(objects).add('default', [statement]);
  return { objects, one, other };
}

describe('a compaction that another one has overtaken', () => {
  it('leaves its mark to the next one while a file has the row that nobody has looked for', async () => {
    const { objects, one, other } = await twoFiles();
    const partition = partitionOf(one);
    const [unknowing, knowing] = [gate(), gate()];
    const first = interceptedObjects(objects, async ({ name, key }, send) => {
      if (name === 'replace' && key.includes('/current/statements/')) await unknowing.pass();
      return send();
    });
    const second = interceptedObjects(objects, async ({ name, key }, send) => {
      if (name === 'put' && key.startsWith('lake/statements/')) await knowing.pass();
      return send();
    });
    const before = compactPartition(compactionOn(first), partition);
    await unknowing.reached;
    await compactionOn(objects).marks.add(partition, [one.position]);
    const after = compactPartition(compactionOn(second), partition);
    await knowing.reached;
    unknowing.open();
    await before;
    knowing.open();
    await after;
    await compactPartition(compactionOn(objects), partition);
    expect(await idsIn(objects, partition)).toEqual([other.id]);
  });
});

describe('garbage', () => {
  it('is not what readers of the twin still see, because who has merged it died', async () => {
    const { objects, one, other } = await twoFiles();
    const partition = partitionOf(one);
    const dying = interceptedObjects(objects, async ({ name, key }, send) => {
      if (name === 'replace' && key.includes('/current/pseudonymous/')) throw new Killed();
      return send();
    });
    await expect(compactPartition(compactionOn(dying, { grace: 1, now }), partition)).rejects.toThrow(Killed);
    expect(await collectGarbage(compactionOn(objects, { grace: 1, now }), partition)).toBe(0);
    expect(await idsIn(objects, partition, 'pseudonymous')).toEqual([one.id, other.id]);
  });
});

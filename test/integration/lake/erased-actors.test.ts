import { describe, expect, it } from 'vitest';
import { LAKE_TABLES } from '#lake/columns.ts';
import { compactPartition } from '#lake/compaction/compact-partition.ts';
import { eraseStatements } from '#lake/compaction/erase-statements.ts';
import { dataFolder, manifestKey } from '#lake/files/layout.ts';
import { ActorKeys } from '#lake/rows/actor-keys.ts';
import type { LakeStatement } from '#lake/rows/row.ts';
import type { ObjectStore } from '#storage/object-store.ts';
import { gate } from '#test/support/faulty-client.ts';
import { interceptedObjects } from '#test/support/intercepted-objects.ts';
import {
  compactionOn,
  freshLake,
  LAKE_SECRET,
  lakeWriterOn,
  partitionOf,
  StoredStatements,
} from '#test/support/lake.ts';
import { selectFrom } from '#test/support/lake-readers.ts';
import { anAgent, ifiOfAgent } from '#test/support/statements.ts';

const HOUR = 3_600_000;
const STORE = { store: 'default' };

/** Of Zoe, who is to be erased, and of others who stay, one of whom teaches her, too. */
function statementsOf(stored: StoredStatements): readonly [LakeStatement, LakeStatement] {
  return [
    stored.make({ actor: anAgent('zoe', { name: 'Zoe' }), context: { instructor: anAgent('irene') } }),
    stored.make({
      actor: { objectType: 'Group', name: 'Red', member: [anAgent('ann')] },
      context: { instructor: anAgent('irene') },
    }),
  ];
}

async function eraseZoe(objects: ObjectStore, { position }: LakeStatement): Promise<void> {
  const zoe = new ActorKeys(LAKE_SECRET, 'default').keyOf(ifiOfAgent('zoe'));
  await eraseStatements(compactionOn(objects), 'default', { positions: [position], actors: [zoe] });
}

async function actorsIn(objects: ObjectStore): Promise<readonly unknown[]> {
  const rows = await selectFrom(objects, 'actors', STORE, 'SELECT coalesce(ifi_value, name) AS who', 'ORDER BY 1');
  return rows.map(({ who }) => who);
}

const STAYING = ['Red', 'mailto:ann@example.com', 'mailto:irene@example.com'];

describe('an actor who was erased', () => {
  it('does not come back with statements that are told of late', async () => {
    const objects = await freshLake();
    const statements = statementsOf(new StoredStatements());
    await lakeWriterOn(objects).add('default', statements);
    await compactPartition(compactionOn(objects), partitionOf(statements[0]));
    expect(await actorsIn(objects)).toHaveLength(4);
    await eraseZoe(objects, statements[0]);
    await lakeWriterOn(objects).add('default', statements);
    await compactPartition(compactionOn(objects), partitionOf(statements[0]));
    expect(await actorsIn(objects)).toEqual(STAYING);
  });

  it('does not come with statements that are told of for the first time', async () => {
    const objects = await freshLake();
    const statements = statementsOf(new StoredStatements());
    await eraseZoe(objects, statements[0]);
    await lakeWriterOn(objects).add('default', statements);
    await compactPartition(compactionOn(objects), partitionOf(statements[0]));
    expect(await actorsIn(objects)).toEqual(STAYING);
  });

  it.each([
    ['read them', 'put', dataFolder(LAKE_TABLES.actors, STORE)],
    ['written them', 'replace', manifestKey(LAKE_TABLES.actors, STORE)],
  ])('does not come back by a compactor that sleeps when it has %s', async (_, name, prefix) => {
    const objects = await freshLake();
    const statements = statementsOf(new StoredStatements());
    await lakeWriterOn(objects).add('default', statements);
    const sleeping = gate();
    const sleepy = interceptedObjects(objects, async (call, send) => {
      if (call.name === name && call.key.startsWith(prefix)) await sleeping.pass();
      return send();
    });
    const compaction = compactPartition(compactionOn(sleepy), partitionOf(statements[0]));
    await sleeping.reached;
    await eraseZoe(objects, statements[0]);
    sleeping.open();
    await compaction;
    await compactPartition(compactionOn(objects, { now: () => Date.now() + HOUR }), partitionOf(statements[0]));
    const actors = await actorsIn(objects);
    expect(actors).not.toContain('mailto:zoe@example.com');
    expect(actors).toContain('mailto:irene@example.com');
  });
});

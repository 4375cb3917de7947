import { describe, expect, it } from 'vitest';
import { LAKE_TABLES } from '#lake/columns.ts';
import { compactLake } from '#lake/compaction/compact-lake.ts';
import { compactPartition } from '#lake/compaction/compact-partition.ts';
import { eraseStatements } from '#lake/compaction/erase-statements.ts';
import { dataFolder } from '#lake/files/layout.ts';
import { readManifest } from '#lake/files/manifest.ts';
import type { LakeStatement } from '#lake/rows/row.ts';
import type { ObjectStore } from '#storage/object-store.ts';
import { compactionOn, freshLake, lakeWriterOn, partitionOf, StoredStatements } from '#test/support/lake.ts';
import { idsIn, keysIn, selectFrom } from '#test/support/lake-readers.ts';
import { anActivity, anAgent } from '#test/support/statements.ts';

const HOUR = 3_600_000;

function ids(statements: readonly LakeStatement[]): readonly string[] {
  return statements.map(({ id }) => id);
}

/** A lake with these statements, `lot` to a file. */
async function lakeWith(statements: readonly LakeStatement[], lot: number): Promise<ObjectStore> {
  const objects = await freshLake();
  for (let start = 0; start < statements.length; start += lot) {
    await lakeWriterOn(objects).add('default', statements.slice(start, start + lot));
  }
  return objects;
}

function firstOf(statements: readonly LakeStatement[]): LakeStatement {
  const [first] = statements;
  if (first === undefined) throw new Error('There are no statements.');
  return first;
}

describe('compaction', () => {
  it('makes one file of many, with the same rows, sorted by actor and time', async () => {
    const stored = new StoredStatements();
    const statements = Array.from({ length: 40 }, (_, index) =>
      stored.make({ actor: anAgent(`learner-${(index * 7) % 5}`) }),
    );
    const objects = await lakeWith(statements, 4);
    const partition = partitionOf(firstOf(statements));
    expect(await compactPartition(compactionOn(objects), partition)).toEqual({
      merged: 10,
      written: 1,
      rows: 40,
      removed: 0,
    });
    expect(await idsIn(objects, partition)).toEqual(ids(statements));
    expect(await idsIn(objects, partition, 'pseudonymous')).toEqual(ids(statements));
    const rows = await selectFrom(objects, 'statements', partition, 'SELECT actor_key, position');
    const order = rows.map(({ actor_key: key, position }) => `${String(key)} ${String(position)}`);
    expect(order).toEqual(order.toSorted());
  });

  it('leaves alone what it has done', async () => {
    const statements = new StoredStatements().many(6);
    const objects = await lakeWith(statements, 2);
    const partition = partitionOf(firstOf(statements));
    await compactPartition(compactionOn(objects), partition);
    const { text } = await readManifest(objects, LAKE_TABLES.statements, partition);
    expect(await compactPartition(compactionOn(objects), partition)).toMatchObject({ merged: 0, written: 0 });
    expect((await readManifest(objects, LAKE_TABLES.statements, partition)).text).toBe(text);
  });

  it('leaves out what is voided, and what is voided never comes back', async () => {
    const stored = new StoredStatements();
    const statements = [...stored.many(5), stored.make({}, true)];
    const objects = await lakeWith(statements, 3);
    const partition = partitionOf(firstOf(statements));
    const deps = compactionOn(objects);
    const voided = firstOf(statements);
    await deps.marks.add(partition, [voided.position]);
    expect(await compactPartition(deps, partition)).toMatchObject({ rows: 4, removed: 2 });
    expect(await idsIn(objects, partition)).toEqual(ids(statements.slice(1, 5)));

    await lakeWriterOn(objects).add('default', [voided]);
    await compactPartition(deps, partition);
    expect(await idsIn(objects, partition)).toEqual(ids(statements.slice(1, 5)));
  });

  it('takes a statement out of a file that was merged long ago', async () => {
    const statements = new StoredStatements().many(5);
    const objects = await lakeWith(statements, 2);
    const partition = partitionOf(firstOf(statements));
    const deps = compactionOn(objects);
    await compactPartition(deps, partition);
    await deps.marks.add(partition, [firstOf(statements).position]);
    expect(await compactPartition(deps, partition)).toMatchObject({ rows: 4, removed: 1 });
    expect(await idsIn(objects, partition)).toEqual(ids(statements.slice(1)));
    expect(await keysIn(objects, 'lake/removals/pending/')).toEqual([]);
  });

  it('keeps old files for readers until the grace is over', async () => {
    const statements = new StoredStatements().many(4);
    const objects = await lakeWith(statements, 2);
    const partition = partitionOf(firstOf(statements));
    const folder = dataFolder(LAKE_TABLES.statements, partition);
    let later = 0;
    const deps = compactionOn(objects, { grace: HOUR, now: () => Date.now() + later });
    later = HOUR / 2;
    await compactPartition(deps, partition);
    expect(await keysIn(objects, folder)).toHaveLength(3);
    later = 2 * HOUR;
    await compactPartition(deps, partition);
    expect(await keysIn(objects, folder)).toHaveLength(1);
    expect(await keysIn(objects, dataFolder(LAKE_TABLES.pseudonymous, partition))).toHaveLength(1);
    expect(await idsIn(objects, partition)).toEqual(ids(statements));
  });

  it('does not touch files whose time is not over yet, while others keep their old ones for readers', async () => {
    const statements = new StoredStatements().many(4);
    const objects = await lakeWith(statements, 2);
    const partition = partitionOf(firstOf(statements));
    expect(await compactPartition(compactionOn(objects, { grace: HOUR }), partition)).toMatchObject({ merged: 0 });
  });

  it('is done once, however many do it at once', async () => {
    const statements = new StoredStatements().many(30);
    const objects = await lakeWith(statements, 3);
    const partition = partitionOf(firstOf(statements));
    await Promise.all([1, 2, 3].map(() => compactPartition(compactionOn(objects), partition)));
    expect(await idsIn(objects, partition)).toEqual(ids(statements));
    expect(await idsIn(objects, partition, 'pseudonymous')).toEqual(ids(statements));
  });

  it('goes on beside writers', async () => {
    const statements = new StoredStatements().many(60);
    const objects = await lakeWith(statements.slice(0, 20), 2);
    const partition = partitionOf(firstOf(statements));
    const write = async (): Promise<void> => {
      for (let start = 20; start < 60; start += 5) {
        await lakeWriterOn(objects).add('default', statements.slice(start - 3, start + 5));
      }
    };
    const compact = async (): Promise<void> => {
      for (let round = 0; round < 6; round += 1) await compactPartition(compactionOn(objects), partition);
    };
    await Promise.all([write(), compact()]);
    await compactPartition(compactionOn(objects), partition);
    expect(await idsIn(objects, partition)).toEqual(ids(statements));
  });

  it('takes what statements say into the dimensions, the latest of each', async () => {
    const stored = new StoredStatements();
    const course = 'http://example.com/activities/course';
    const statements = [
      stored.make({ object: anActivity('course', { name: { en: 'Old', de: 'Alt' } }), actor: anAgent('ann') }),
      stored.make({ object: anActivity('course', { name: { en: 'New', de: 'Neu' } }) }),
      stored.make({ object: anActivity('course'), actor: anAgent('ann', { name: 'Ann' }) }),
      stored.make({ verb: { id: 'http://example.com/verbs/attended', display: { en: 'attended' } } }),
    ];
    const objects = await freshLake();
    // What comes late does not count more.
    for (const statement of statements.toReversed())
      await lakeWriterOn(objects, ['de', 'en']).add('default', [statement]);
    const errors: unknown[] = [];
    const isComplete = await compactLake(compactionOn(objects), {
      full: false,
      goesOn: () => true,
      onResult: () => {},
      onError: (_, error) => errors.push(error),
    });
    expect([isComplete, errors]).toEqual([true, []]);
    const store = { store: 'default' };
    const activities = await selectFrom(objects, 'activities', store, 'SELECT activity_id, name', 'ORDER BY 1');
    expect(activities).toEqual([
      { activity_id: course, name: 'Neu' },
      { activity_id: 'http://example.com/activities/meeting', name: null },
    ]);
    expect(await selectFrom(objects, 'actors', store, 'SELECT name, ifi_value')).toEqual([
      { name: 'Ann', ifi_value: 'mailto:ann@example.com' },
    ]);
    expect(await selectFrom(objects, 'verbs', store, 'SELECT display')).toEqual([{ display: 'attended' }]);
  });
});

describe('erasure from the lake', () => {
  it('touches only the files that have the statements, and leaves nothing of them', async () => {
    const stored = new StoredStatements();
    const statements = [...stored.many(4), stored.make({ actor: anAgent('zoe', { name: 'Zoe' }) }), ...stored.many(3)];
    const objects = await lakeWith(statements, 2);
    const partition = partitionOf(firstOf(statements));
    const before = await readManifest(objects, LAKE_TABLES.statements, partition);
    const zoe = statements[4];
    if (zoe === undefined) throw new Error('There is no Zoe.');
    await eraseStatements(compactionOn(objects, { grace: HOUR }), 'default', { positions: [zoe.position] });
    const after = await readManifest(objects, LAKE_TABLES.statements, partition);
    expect(before.names.filter((name) => !after.names.includes(name))).toHaveLength(1);
    expect(await idsIn(objects, partition)).toEqual(ids(statements.filter((statement) => statement !== zoe)));
    expect(await idsIn(objects, partition, 'pseudonymous')).toEqual(
      ids(statements.filter((statement) => statement !== zoe)),
    );
    for (const folder of [LAKE_TABLES.statements, LAKE_TABLES.pseudonymous]) {
      for (const key of await keysIn(objects, dataFolder(folder, partition))) {
        const content = await objects.get(key);
        expect(Buffer.from(content?.content ?? '').includes(zoe.id)).toBe(false);
      }
    }
  });

  it('also takes it out of files that others have taken the place of', async () => {
    const statements = new StoredStatements().many(4);
    const objects = await lakeWith(statements, 2);
    const first = firstOf(statements);
    const partition = partitionOf(first);
    const deps = compactionOn(objects, { grace: HOUR, now: () => Date.now() + HOUR / 2 });
    await compactPartition(deps, partition);
    const folder = dataFolder(LAKE_TABLES.statements, partition);
    expect(await keysIn(objects, folder)).toHaveLength(3);
    await eraseStatements(deps, 'default', { positions: [first.position] });
    // The file of the other two may still be read by somebody.
    expect(await keysIn(objects, folder)).toHaveLength(2);
    expect(await idsIn(objects, partition)).toEqual(ids(statements.slice(1)));
  });

  it('leaves an empty file where nothing is left, and takes an actor out of the dimension', async () => {
    const statement = new StoredStatements().make();
    const objects = await lakeWith([statement], 1);
    const partition = partitionOf(statement);
    await compactPartition(compactionOn(objects), partition);
    const [actor] = await selectFrom(objects, 'actors', { store: 'default' }, 'SELECT actor_key');
    await eraseStatements(compactionOn(objects), 'default', {
      positions: [statement.position],
      actors: [String(actor?.['actor_key'])],
    });
    expect(await idsIn(objects, partition)).toEqual([]);
    expect(await selectFrom(objects, 'actors', { store: 'default' }, 'SELECT actor_key')).toEqual([]);
    await lakeWriterOn(objects).add('default', [statement]);
    await compactPartition(compactionOn(objects), partition);
    expect(await idsIn(objects, partition)).toEqual([]);
  });
});

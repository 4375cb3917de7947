import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { LAKE_TABLES, type LakeTable } from '#lake/columns.ts';
import { collectGarbage } from '#lake/compaction/collect-garbage.ts';
import { compactLake } from '#lake/compaction/compact-lake.ts';
import { type CompactionDeps, compactPartition } from '#lake/compaction/compact-partition.ts';
import { eraseStatements } from '#lake/compaction/erase-statements.ts';
import { ActorKeys } from '#lake/rows/actor-keys.ts';
import { dataFolder, manifestKey, type Partition } from '#lake/files/layout.ts';
import { readManifest } from '#lake/files/manifest.ts';
import type { LakeStatement } from '#lake/rows/row.ts';
import type { ObjectStore } from '#storage/object-store.ts';
import { gate } from '#test/support/faulty-client.ts';
import { interceptedObjects, Killed, survives } from '#test/support/intercepted-objects.ts';
import {
  compactionOn,
  freshLake,
  LAKE_SECRET,
  lakeWriterOn,
  partitionOf,
  StoredStatements,
} from '#test/support/lake.ts';
import { keysIn } from '#test/support/lake-readers.ts';
import { expectAtRest, positionsOf } from '#test/support/lake-truth.ts';
import { anAgent, ifiOfAgent } from '#test/support/statements.ts';

const HOUR = 3_600_000;
/** Milliseconds that a test can wait for. */
const SHORT = 200;

const { statements: table, pseudonymous: twin, actors } = LAKE_TABLES;

/** A lake with these statements, two to a file. */
async function lakeWith(statements: readonly LakeStatement[]): Promise<ObjectStore> {
  const objects = await freshLake();
  for (let start = 0; start < statements.length; start += 2) {
    await lakeWriterOn(objects).add('default', statements.slice(start, start + 2));
  }
  return objects;
}

function positionsIn(statements: readonly LakeStatement[]): readonly string[] {
  return statements.map(({ position }) => position);
}

function dayOfAll([first]: readonly LakeStatement[]): ReturnType<typeof partitionOf> {
  if (first === undefined) throw new Error('There are no statements.');
  return partitionOf(first);
}

async function currentKeys(objects: ObjectStore, of: LakeTable, partition: Partition): Promise<readonly string[]> {
  const { names } = await readManifest(objects, of, partition);
  return names.map((name) => dataFolder(of, partition) + name);
}

/** With a clock that stands still, so that it does not matter how long a compaction takes. */
function deps(objects: ObjectStore): CompactionDeps {
  const start = Date.now();
  return compactionOn(objects, { grace: SHORT, now: () => start });
}

async function compactEverything(objects: ObjectStore): Promise<void> {
  const run = { full: false, goesOn: () => true, onResult: () => {}, onError: fail };
  await compactLake(deps(objects), run);
}

function fail(_: unknown, error: unknown): never {
  throw error;
}

describe('garbage of the lake', () => {
  it('is no merged file that may still become current, however long its compactor sleeps', async () => {
    const statements = new StoredStatements().many(4);
    const objects = await lakeWith(statements);
    const partition = dayOfAll(statements);
    const sleeping = gate();
    const sleepy = interceptedObjects(objects, async ({ name, key }, send) => {
      if (name === 'replace' && key === manifestKey(table, partition)) await sleeping.pass();
      return send();
    });
    const compaction = compactPartition(compactionOn(sleepy), partition);
    await sleeping.reached;
    expect(await collectGarbage(compactionOn(objects, { now: () => Date.now() + 48 * HOUR }), partition)).toBe(0);
    sleeping.open();
    await compaction;
    await expectAtRest(objects, partition, positionsIn(statements));
  });

  it('is a merged file once one of those is gone that it was to take the place of', async () => {
    const statements = new StoredStatements().many(4);
    const objects = await lakeWith(statements);
    const partition = dayOfAll(statements);
    const mortal = interceptedObjects(objects, ({ name, key }, send) => {
      if (name === 'replace' && key === manifestKey(table, partition)) throw new Killed();
      return send();
    });
    expect(await survives(compactPartition(compactionOn(mortal), partition))).toBe(false);
    expect(await keysIn(objects, dataFolder(table, partition))).toHaveLength(3);
    await compactPartition(compactionOn(objects), partition);
    expect(await keysIn(objects, dataFolder(table, partition))).toEqual(await currentKeys(objects, table, partition));
  });

  it('is a twin without its file, which a writer has put when the file was gone', async () => {
    const statements = new StoredStatements().many(4);
    const objects = await lakeWith(statements.slice(0, 2));
    const partition = dayOfAll(statements);
    const sleeping = gate();
    const sleepy = interceptedObjects(objects, async ({ name, key }, send) => {
      if (name === 'put' && key.startsWith(dataFolder(twin, partition))) await sleeping.pass();
      return send();
    });
    const writing = lakeWriterOn(sleepy).add('default', statements.slice(2));
    await sleeping.reached;
    await compactPartition(compactionOn(objects), partition);
    sleeping.open();
    await writing;
    await expectAtRest(objects, partition, positionsIn(statements));
  });

  it('stays for readers of the twin, whose manifest may follow late', async () => {
    const statements = new StoredStatements().many(4);
    const objects = await lakeWith(statements);
    const partition = dayOfAll(statements);
    const seen = await currentKeys(objects, twin, partition);
    const mortal = interceptedObjects(objects, ({ name, key }, send) => {
      if (name === 'get' && key === manifestKey(twin, partition)) throw new Killed();
      return send();
    });
    await sleep(2 * SHORT);
    expect(await survives(compactPartition(deps(mortal), partition))).toBe(false);
    await sleep(2 * SHORT);
    await compactPartition(deps(objects), partition);
    expect(await keysIn(objects, dataFolder(twin, partition))).toEqual(expect.arrayContaining([...seen]));
    await sleep(2 * SHORT);
    await compactPartition(deps(objects), partition);
    expect(await keysIn(objects, dataFolder(twin, partition))).toEqual(await currentKeys(objects, twin, partition));
  });

  it('of a dimension stays for readers, too', async () => {
    const stored = new StoredStatements();
    const [first, second] = [stored.make({ actor: anAgent('ann') }), stored.make({ actor: anAgent('bob') })];
    const objects = await freshLake();
    const store = { store: 'default' };
    await lakeWriterOn(objects).add('default', [first]);
    await sleep(2 * SHORT);
    await compactEverything(objects);
    const seen = await currentKeys(objects, actors, store);
    expect(seen).toHaveLength(1);
    await lakeWriterOn(objects).add('default', [second]);
    await sleep(2 * SHORT);
    await compactEverything(objects);
    expect(await currentKeys(objects, actors, store)).not.toEqual(seen);
    expect(await keysIn(objects, dataFolder(actors, store))).toEqual(expect.arrayContaining([...seen]));
    await sleep(2 * SHORT);
    await compactEverything(objects);
    expect(await keysIn(objects, dataFolder(actors, store))).toEqual(await currentKeys(objects, actors, store));
  });

  it('does not keep an actor who is erased', async () => {
    const stored = new StoredStatements();
    const statements = [
      stored.make({ actor: anAgent('zoe', { name: 'Zoe' }) }),
      ...['ann', 'bob', 'cid'].map((name) => stored.make({ actor: anAgent(name) })),
    ];
    const objects = await lakeWith(statements.slice(0, 2));
    const partition = dayOfAll(statements);
    const halfAnHourLater = compactionOn(objects, { grace: HOUR, now: () => Date.now() + HOUR / 2 });
    await compactPartition(halfAnHourLater, partition);
    await lakeWriterOn(objects).add('default', statements.slice(2));
    await compactPartition(halfAnHourLater, partition);
    expect(await keysIn(objects, dataFolder(actors, { store: 'default' }))).toHaveLength(2);
    await eraseStatements(halfAnHourLater, 'default', {
      positions: positionsIn(statements.slice(0, 1)),
      actors: [new ActorKeys(LAKE_SECRET, 'default').keyOf(ifiOfAgent('zoe'))],
    });
    expect(await keysIn(objects, dataFolder(actors, { store: 'default' }))).toHaveLength(1);
    expect(await positionsOf(objects, partition)).toEqual(positionsIn(statements.slice(1)));
  });
});

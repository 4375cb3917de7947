import { describe, expect, it } from 'vitest';
import { type CompactionDeps, compactPartition } from '#lake/compaction/compact-partition.ts';
import { eraseStatements } from '#lake/compaction/erase-statements.ts';
import type { LakeStatement } from '#lake/rows/row.ts';
import type { ObjectStore } from '#storage/object-store.ts';
import { gate } from '#test/support/faulty-client.ts';
import { sleepyObjects } from '#test/support/intercepted-objects.ts';
import { compactionOn, freshLake, lakeWriterOn, partitionOf, StoredStatements } from '#test/support/lake.ts';
import { expectAtRest, positionsOf } from '#test/support/lake-truth.ts';
import { seededRandom } from '#test/support/random.ts';
import { anAgent } from '#test/support/statements.ts';

const HOUR = 3_600_000;
const TIME_LIMIT = 120_000;
const SEED = Math.floor(Math.random() * 2 ** 31);
/** One of so many calls; with 1 every call is tried. */
const STEP = 6;

type Work = (objects: ObjectStore, world: World) => Promise<unknown>;

interface World {
  readonly statements: readonly LakeStatement[];
  /** Of a process that runs while the clock says that much more, in milliseconds. */
  readonly deps: (objects: ObjectStore, later: number) => CompactionDeps;
}

function aWorld(grace: number): World {
  const stored = new StoredStatements();
  return {
    statements: Array.from({ length: 8 }, (_, index) => stored.make({ actor: anAgent(`learner-${index}`) })),
    deps: (objects, later) => compactionOn(objects, { grace, now: () => Date.now() + later }),
  };
}

const write: Work = (objects, { statements }) => lakeWriterOn(objects).add('default', statements.slice(2, 6));

const compact: Work = (objects, world) => compactPartition(world.deps(objects, 2 * HOUR), partitionIn(world));

const erase: Work = (objects, { statements, deps }) =>
  eraseStatements(deps(objects, 2 * HOUR), 'default', { positions: positionsIn(statements.slice(3, 4)) });

/** What others do while one sleeps: write the same and more, void, compact, erase, and delete what is left over. */
async function meanwhile(objects: ObjectStore, world: World): Promise<void> {
  const { statements, deps } = world;
  await write(objects, world);
  await deps(objects, 0).marks.add(partitionIn(world), positionsIn(statements.slice(4, 5)));
  await compactPartition(deps(objects, 24 * HOUR), partitionIn(world));
  await lakeWriterOn(objects).add('default', statements.slice(5));
  await erase(objects, world);
  await compactPartition(deps(objects, 48 * HOUR), partitionIn(world));
  await compactPartition(deps(objects, 72 * HOUR), partitionIn(world));
  // Told of once more, what was voided and erased, too.
  await lakeWriterOn(objects).add('default', statements.slice(3));
}

/** @param call number of that before which it sleeps @returns false: it ended before it would have slept */
async function expectHarmless(work: Work, call: number, grace: number): Promise<boolean> {
  const objects = await freshLake();
  const world = aWorld(grace);
  await lakeWriterOn(objects).add('default', world.statements.slice(0, 2));
  await lakeWriterOn(objects).add('default', world.statements.slice(2, 4));
  const sleep = gate();
  const end = work(sleepyObjects(objects, call, sleep.pass), world);
  const slept = await Promise.race([sleep.reached.then(() => true), end.then(() => false)]);
  await meanwhile(objects, world);
  sleep.open();
  await end;
  // Whatever it has done now, readers find all files that they are told of.
  for (const table of ['statements', 'pseudonymous'] as const) {
    const seen = await positionsOf(objects, partitionIn(world), table);
    expect(seen).toEqual([...new Set(seen)]);
  }
  const left = world.statements.filter((_, index) => index !== 3 && index !== 4);
  await expectAtRest(objects, partitionIn(world), positionsIn(left), { grace });
  return slept;
}

function positionsIn(statements: readonly LakeStatement[]): readonly string[] {
  return statements.map(({ position }) => position);
}

function partitionIn({ statements: [first] }: World): ReturnType<typeof partitionOf> {
  if (first === undefined) throw new Error('There are no statements.');
  return partitionOf(first);
}

describe(`one that sleeps before a call while others work (seed ${SEED})`, { timeout: TIME_LIMIT }, () => {
  const random = seededRandom(SEED);

  it.each([
    ['writer', write, 14],
    ['compactor', compact, 36],
    ['eraser', erase, 36],
  ] as const)('does no harm as %s when it goes on', async (_, work, calls) => {
    for (let call = 1 + Math.floor(random() * STEP); call <= calls; call += STEP) {
      await expectHarmless(work, call, random() < 0.5 ? 0 : HOUR);
    }
  });
});

import { describe, it } from 'vitest';
import { compactPartition } from '#lake/compaction/compact-partition.ts';
import { eraseStatements } from '#lake/compaction/erase-statements.ts';
import type { LakeStatement } from '#lake/rows/row.ts';
import { RemovalMarks } from '#lake/removals/removal-marks.ts';
import type { ObjectStore } from '#storage/object-store.ts';
import { mortalObjects, survives } from '#test/support/intercepted-objects.ts';
import { compactionOn, freshLake, lakeWriterOn, partitionOf, StoredStatements } from '#test/support/lake.ts';
import { expectAtRest } from '#test/support/lake-truth.ts';
import { seededRandom } from '#test/support/random.ts';

const KILLS = 50;
const SEED = Math.floor(Math.random() * 2 ** 31);
/** Calls of a process, more than its work takes: now and then one survives. */
const WRITER_CALLS = 10;
const COMPACTOR_CALLS = 40;
const ERASER_CALLS = 30;
const STATEMENTS = 12;
const TIME_LIMIT = 120_000;

/** A lake, and what it should have. */
interface World {
  readonly random: () => number;
  readonly objects: ObjectStore;
  readonly stored: StoredStatements;
  readonly statements: LakeStatement[];
  /** Positions. */
  readonly removed: Set<string>;
}

async function aWorld(seed: number): Promise<World> {
  const random = seededRandom(seed);
  return {
    random,
    objects: await freshLake(),
    stored: new StoredStatements(),
    statements: [],
    removed: new Set(),
  };
}

/** Runs a process that does this work, and kills it at some point. @returns whether it was done before */
function runKilled(
  { random, objects }: World,
  calls: number,
  work: (objects: ObjectStore) => Promise<unknown>,
): Promise<boolean> {
  const mortal = mortalObjects(objects, 1 + Math.floor(random() * calls), random() < 0.5);
  return survives(work(mortal));
}

function write(statements: readonly LakeStatement[]): (objects: ObjectStore) => Promise<unknown> {
  return (objects) => lakeWriterOn(objects).add('default', statements);
}

/** Statements that are told of together: some of the last ones again, and new ones. */
function aLot({ random, stored, statements, removed }: World): readonly LakeStatement[] {
  const again = statements.slice(-Math.floor(random() * 4));
  const fresh = Array.from({ length: 1 + Math.floor(random() * 4) }, () => stored.make({}, random() < 0.1));
  statements.push(...fresh);
  for (const { position, voided } of fresh) if (voided) removed.add(position);
  return random() < 0.5 ? [...again, ...fresh] : [...fresh, ...again];
}

/** Marks one of the statements, as its voiding does. */
async function voidOne({ random, objects, statements, removed }: World): Promise<void> {
  const statement = statements[Math.floor(random() * statements.length)];
  if (statement === undefined) return;
  removed.add(statement.position);
  await new RemovalMarks(objects).add(partitionOf(statement), [statement.position]);
}

async function expectWhole({ objects, statements, removed }: World): Promise<void> {
  const [first] = statements;
  if (first === undefined) throw new Error('There are no statements.');
  const left = statements.map(({ position }) => position).filter((position) => !removed.has(position));
  await expectAtRest(objects, partitionOf(first), left.toSorted());
}

describe(`the lake, whose processes are killed (seed ${SEED})`, { timeout: TIME_LIMIT }, () => {
  it(`has every statement once after ${KILLS} deaths of writers`, async () => {
    for (let kills = 0; kills < KILLS;) {
      const world = await aWorld(SEED + kills);
      while (world.statements.length < STATEMENTS) {
        const lot = aLot(world);
        // Each lives longer than the one before, so that one lives long enough.
        for (let calls = WRITER_CALLS; !(await runKilled(world, calls, write(lot))); calls += 2) kills += 1;
      }
      await expectWhole(world);
    }
  });

  it(`has every statement once after ${KILLS} deaths of compactors`, async () => {
    for (let kills = 0; kills < KILLS;) {
      const world = await aWorld(SEED + kills);
      while (world.statements.length < STATEMENTS) {
        await write(aLot(world))(world.objects);
        if (world.random() < 0.5) await voidOne(world);
        const [first] = world.statements;
        if (first === undefined) continue;
        const compact = (objects: ObjectStore) => compactPartition(compactionOn(objects), partitionOf(first));
        if (!(await runKilled(world, COMPACTOR_CALLS, compact))) kills += 1;
      }
      await expectWhole(world);
    }
  });

  it('has every statement that stays once, whoever dies beside whom', async () => {
    for (let kills = 0; kills < KILLS;) {
      const world = await aWorld(SEED + kills);
      while (world.statements.length < STATEMENTS) {
        const lots = [aLot(world), aLot(world)];
        const [first] = world.statements;
        if (first === undefined) continue;
        if (world.random() < 0.5) await voidOne(world);
        const partition = partitionOf(first);
        const erased = world.statements[Math.floor(world.random() * world.statements.length)] ?? first;
        world.removed.add(erased.position);
        const compact = (objects: ObjectStore) => compactPartition(compactionOn(objects), partition);
        const erase = (objects: ObjectStore) =>
          eraseStatements(compactionOn(objects), 'default', { positions: [erased.position] });
        const ends = await Promise.all([
          ...lots.map((lot) => runKilled(world, WRITER_CALLS, write(lot))),
          runKilled(world, COMPACTOR_CALLS, compact),
          runKilled(world, COMPACTOR_CALLS, compact),
          runKilled(world, ERASER_CALLS, erase),
        ]);
        kills += ends.filter((isDone) => !isDone).length;
        // Told again, in another order and in other lots.
        await write(lots.flat().toReversed())(world.objects);
        if (ends[4] === false) await erase(world.objects);
      }
      await expectWhole(world);
    }
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { LAKE_TABLES } from '#lake/columns.ts';
import { compactPartition } from '#lake/compaction/compact-partition.ts';
import { eraseStatements } from '#lake/compaction/erase-statements.ts';
import { parseFileName } from '#lake/files/file-name.ts';
import { dataFolder, type DayPartition } from '#lake/files/layout.ts';
import { readManifest } from '#lake/files/manifest.ts';
import type { LakeStatement } from '#lake/rows/row.ts';
import type { ObjectStore } from '#storage/object-store.ts';
import { mortalObjects, survives } from '#test/support/intercepted-objects.ts';
import { compactionOn, freshLake, lakeWriterOn, partitionOf, StoredStatements } from '#test/support/lake.ts';
import { keysIn } from '#test/support/lake-readers.ts';
import { expectAtRest, positionsInFile } from '#test/support/lake-truth.ts';
import { seededRandom } from '#test/support/random.ts';

const SEED = Math.floor(Math.random() * 2 ** 31);
const TIME_LIMIT = 60_000;
/** Milliseconds, in which a reader is done. */
const GRACE = 500;
const ROUNDS = 2;

/** A reader that looks again and again, and what it has found wrong. */
class Follower {
  readonly #objects: ObjectStore;
  readonly #partition: DayPartition;
  readonly #table: 'statements' | 'pseudonymous';
  /** Files never change: by their keys what was read of them. */
  readonly #files = new Map<string, readonly string[]>();
  readonly #seen = new Set<string>();
  readonly wrong: string[] = [];
  looks = 0;

  constructor(objects: ObjectStore, partition: DayPartition, table: 'statements' | 'pseudonymous') {
    this.#objects = objects;
    this.#partition = partition;
    this.#table = table;
  }

  /** @param removed positions of what may be gone by the time it has looked */
  async look(removed: ReadonlySet<string>): Promise<void> {
    this.looks += 1;
    const start = performance.now();
    const { names } = await readManifest(this.#objects, LAKE_TABLES[this.#table], this.#partition);
    const found: string[] = [];
    for (const name of names) {
      const key = dataFolder(LAKE_TABLES[this.#table], this.#partition) + name;
      const isThere = (await this.#objects.getRange(key, 0, 4)) !== undefined;
      if (isThere) {
        found.push(...(await this.#read(key)));
        continue;
      }
      // Who takes longer than the grace may come too late, and no erasure waits for readers.
      const isLate = performance.now() - start >= GRACE;
      if (!isLate && !mayHaveAny(name, removed)) this.wrong.push(`${name} is gone`);
      return;
    }
    const different = new Set(found);
    if (different.size < found.length) this.wrong.push('a statement is there twice');
    for (const position of this.#seen) {
      if (!different.has(position) && !removed.has(position)) this.wrong.push(`${position} is lost`);
    }
    for (const position of found) this.#seen.add(position);
  }

  async #read(key: string): Promise<readonly string[]> {
    const known = this.#files.get(key);
    if (known !== undefined) return known;
    const positions = await positionsInFile(this.#objects, key);
    this.#files.set(key, positions);
    return positions;
  }
}

function mayHaveAny(name: string, positions: ReadonlySet<string>): boolean {
  const file = parseFileName(name);
  return file !== undefined && [...positions].some((position) => file.first <= position && position <= file.last);
}

function erase(objects: ObjectStore, position: string): Promise<unknown> {
  return eraseStatements(compactionOn(objects, { grace: GRACE }), 'default', { positions: [position] });
}

describe(`readers of the lake (seed ${SEED})`, { timeout: TIME_LIMIT }, () => {
  it('find every file, and each statement once and for good, while others write, compact, erase and die', async () => {
    const random = seededRandom(SEED);
    const objects = await freshLake();
    const stored = new StoredStatements();
    const statements: LakeStatement[] = [...stored.many(4)];
    const removed = new Set<string>();
    await lakeWriterOn(objects).add('default', statements);
    const partition = partitionIn(statements);
    const followers = (['statements', 'pseudonymous'] as const).map((table) => new Follower(objects, partition, table));
    const over = new AbortController();
    const reading = followers.map(async (follower) => {
      while (!over.signal.aborted) await follower.look(removed);
    });
    const table = LAKE_TABLES.statements;
    const folder = dataFolder(table, partition);
    const mortal = (calls: number): ObjectStore =>
      mortalObjects(objects, 1 + Math.floor(random() * calls), random() < 0.5);
    const compact = (of: ObjectStore): Promise<unknown> =>
      compactPartition(compactionOn(of, { grace: GRACE }), partition);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (let step = 0; step < 4; step += 1) {
        const fresh = stored.many(3);
        statements.push(...fresh);
        const erased = statements[Math.floor(random() * statements.length)]?.position ?? '';
        removed.add(erased);
        const ends = await Promise.all([
          survives(lakeWriterOn(mortal(12)).add('default', fresh)),
          survives(compact(mortal(50))),
          survives(compact(mortal(50))),
          survives(erase(mortal(30), erased)),
        ]);
        await lakeWriterOn(objects).add('default', fresh);
        if (!ends[3]) await erase(objects, erased);
      }
      // Everything settles, then nothing changes for a while, so that what is left over may go.
      for (let time = 0; time < 3; time += 1) {
        await compact(objects);
        await sleep(1.2 * GRACE);
      }
      await compact(objects);
      expect(await keysIn(objects, folder)).toHaveLength((await readManifest(objects, table, partition)).names.length);
    }
    over.abort();
    await Promise.all(reading);
    for (const { wrong } of followers) expect(wrong).toEqual([]);
    const left = statements.map(({ position }) => position).filter((position) => !removed.has(position));
    await expectAtRest(objects, partition, left.toSorted());
  });
});

function partitionIn([first]: readonly LakeStatement[]): DayPartition {
  if (first === undefined) throw new Error('There are no statements.');
  return partitionOf(first);
}

import { randomInt, randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Duck, openDuck } from '#test/support/duck.ts';
import { walk } from '#test/support/http-client.ts';
import { readParquet } from '#test/support/lake.ts';
import { seededRandom } from '#test/support/random.ts';
import { anAgent, aStatement } from '#test/support/statements.ts';
import { testLrs } from '#test/support/test-lrs.ts';

const KILLS = 8;
const CLIENTS = 3;
const SEED = randomInt(2 ** 31);
/** Milliseconds: in which records are collected, written and marked as done. */
const LIFE = 2_500;
/** Milliseconds, several times what is needed. */
const TIME_LIMIT = 180_000;
const PATIENCE = 30_000;

const { lrs, client } = testLrs({ isKilledOften: true });
let duck: Duck;

beforeAll(async () => {
  duck = await openDuck();
});

afterAll(() => {
  duck.close();
});

describe(`the lake of an LRS that is killed ${KILLS} times (seed ${SEED})`, () => {
  it('has all that was acknowledged, and each statement of the store once', { timeout: TIME_LIMIT }, async () => {
    const random = seededRandom(SEED);
    const acknowledged = new Set<string>();
    const over = new AbortController();
    const clients = Array.from({ length: CLIENTS }, async (_, index) => {
      while (!over.signal.aborted) {
        const array = Array.from({ length: 1 + Math.floor(random() * 20) }, () => ({
          ...aStatement({ actor: anAgent(`learner-${index}`) }),
          id: randomUUID(),
        }));
        const status = await client.post('/statements', array).then(
          (answer) => answer.status,
          () => 0,
        );
        if (status === 200) for (const { id } of array) acknowledged.add(id);
        await sleep(100);
      }
    });
    for (let kill = 0; kill < KILLS; kill += 1) {
      await sleep(random() * LIFE);
      await lrs.kill9();
      await lrs.restart();
    }
    over.abort();
    await Promise.all(clients);

    const stored = (await walk(client, lrs.url, { ascending: 'true', limit: '500' })).toSorted();
    expect(new Set(stored).isSupersetOf(acknowledged)).toBe(true);
    expect(stored.length).toBeGreaterThan(KILLS);
    for (const table of ['statements', 'pseudonymous']) {
      await expect.poll(() => idsIn(table), { timeout: PATIENCE, interval: 200 }).toEqual(stored);
    }
  });
});

/** Ids of all rows, as their manifests say. Files may go while they are read: then it is done again. */
async function idsIn(table: string): Promise<readonly unknown[]> {
  const bucket = join(lrs.dataFolder, 's3', 'lrs-exports');
  const current = join(bucket, 'lake', 'current', table);
  const names = await readdir(current, { recursive: true });
  const texts = await Promise.all(
    names.filter((name) => name.endsWith('manifest')).map((name) => readFile(join(current, name), 'utf8')),
  );
  const files = texts.flatMap((text) => text.split('\n')).filter((line) => line !== '');
  if (files.length === 0) return [];
  const paths = files.map((file) => file.replace('s3://lrs-exports', bucket));
  try {
    const rows = await duck.query(`SELECT statement_id AS id FROM ${readParquet(paths)} ORDER BY id`);
    return rows.map(({ id }) => id);
  } catch {
    return [];
  }
}

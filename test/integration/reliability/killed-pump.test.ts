import { randomInt, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#test/support/random.ts';
import { aStatement } from '#test/support/statements.ts';
import { testLrs } from '#test/support/test-lrs.ts';
import type { Statement } from '#xapi/statement/statement.ts';

const MAIN = fileURLToPath(new URL('../../support/recording-lrs.ts', import.meta.url));
const KILLS = 15;
const SEED = randomInt(2 ** 31);
/** Milliseconds in which a kill comes. */
const LIFE = 800;
const TIME_LIMIT = 120_000;
const VOIDED = { id: 'http://adlnet.gov/expapi/verbs/voided' };

interface Recorded {
  readonly key: string;
  readonly eventName: string;
  readonly sequence: number;
}

const { lrs, client } = testLrs({ main: MAIN });

describe(`a stream pump that is killed ${KILLS} times with its LRS (seed ${SEED})`, { timeout: TIME_LIMIT }, () => {
  const random = seededRandom(SEED);
  const acknowledged: string[] = [];
  const voided: string[] = [];
  let recorded: readonly Recorded[] = [];

  it('calls its function with every change', async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const life = new AbortController();
      const work = keepStoring(life.signal);
      await sleep(random() * LIFE);
      life.abort();
      await lrs.kill9();
      await work;
      await lrs.restart();
    }
    await keepStoring(AbortSignal.timeout(LIFE));
    expect(acknowledged.length).toBeGreaterThan(KILLS);
    await expect.poll(changedKeys, { timeout: 60_000, interval: 200 }).toEqual({ missing: [], notVoided: [] });
  });

  it('brings changes in order, and each again that it may not have brought', async () => {
    recorded = await readRecorded();
    const first = new Set<number>();
    const firstTimes = recorded.filter(({ sequence }) => !first.has(sequence) && first.add(sequence));
    const sequences = firstTimes.map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.toSorted((one, other) => one - other));
    for (const [, changes] of Map.groupBy(firstTimes, ({ key }) => key)) {
      expect(changes[0]?.eventName).toBe('INSERT');
    }
  });

  /** Stores arrays, and voids what it has stored, until the signal or until the LRS does not answer. */
  async function keepStoring(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const statements = Array.from({ length: 1 + Math.floor(random() * 20) }, () => ({
        ...aStatement(),
        id: randomUUID(),
      }));
      if (!(await stores(statements))) return;
      acknowledged.push(...statements.map(({ id }) => id));
      const [target] = statements;
      if (target === undefined || !(await stores([voiding(target.id)]))) return;
      voided.push(target.id);
    }
  }

  async function changedKeys(): Promise<{ missing: readonly string[]; notVoided: readonly string[] }> {
    const changes = Map.groupBy(await readRecorded(), ({ key }) => key);
    const eventsOf = (id: string) => (changes.get(`default|s|${id}`) ?? []).map(({ eventName }) => eventName);
    return {
      missing: acknowledged.filter((id) => !eventsOf(id).includes('INSERT')),
      notVoided: voided.filter((id) => !eventsOf(id).includes('MODIFY')),
    };
  }
});

function voiding(id: string): Statement {
  return aStatement({ verb: VOIDED, object: { objectType: 'StatementRef', id } });
}

async function stores(statements: readonly Statement[]): Promise<boolean> {
  return client.post('/statements', statements).then(
    ({ status }) => status === 200,
    () => false,
  );
}

/** A line that was being written at a kill is left out: its record comes again. */
async function readRecorded(): Promise<readonly Recorded[]> {
  const text = await readFile(join(lrs.dataFolder, 'recorded.jsonl'), 'utf8');
  return text.split('\n').flatMap((line) => {
    if (!/^\{.*\}$/u.test(line)) return [];
    const recorded: Recorded = JSON.parse(line);
    return [recorded];
  });
}

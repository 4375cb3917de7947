import { randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpClient, pageIn, walk } from '#test/support/http-client.ts';
import type { HttpClient } from '#test/support/http-client.ts';
import { startLrs } from '#test/support/lrs.ts';
import type { RunningLrs } from '#test/support/lrs.ts';
import { seededRandom } from '#test/support/random.ts';
import { anActivity, anAgent, aStatement } from '#test/support/statements.ts';
import type { Statement } from '#xapi/statement/statement.ts';

const KILLS = 50;
const LENGTH = 350;
const SEED = randomInt(2 ** 31);
/** Milliseconds: several times what is needed. */
const TIME_LIMIT = 300_000;

const LEARNERS = ['ann', 'bob', 'cid'] as const;
const QUESTIONS = ['q1', 'q2', 'q3', 'q4'] as const;
const VERB = { id: 'http://example.com/verbs/answered' };
const TEACHER = anAgent('teacher');
const COURSE = anActivity('course');

type Known = Statement & { readonly id: string };

let cache: string;
let lrs: RunningLrs;
let client: HttpClient;

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'lrs-test-cache-'));
  lrs = await startLrs({ NODE_COMPILE_CACHE: cache });
  client = httpClient(lrs);
  // Node writes this cache, which halves the time of every start to come, when a process ends by itself.
  await lrs.terminate();
  await lrs.restart();
});

afterAll(async () => {
  client.close();
  await lrs.stop();
  await rm(cache, { recursive: true });
});

describe(`arrays of ${LENGTH} statements while the LRS is killed ${KILLS} times (seed ${SEED})`, () => {
  const random = seededRandom(SEED);
  /** In the order stored. */
  const acknowledged: (readonly Known[])[] = [];
  let pending = anArray();

  it('are stored as a whole or not at all', { timeout: TIME_LIMIT }, async () => {
    const start = performance.now();
    await sendPending();
    const whole = performance.now() - start;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const answer = sendPending().catch(() => 'none');
      const sent = pending;
      await sleep(random() * 1.5 * whole);
      await lrs.kill9();
      const outcome = `answer ${await answer}, stored ${await afterRestart(() => countOf(sent))}`;
      expect(outcome).toBeOneOf([
        `answer 200, stored ${LENGTH}`,
        'answer none, stored 0',
        `answer none, stored ${LENGTH}`,
      ]);
    }
  });

  it('are stored by a retry, however far the last try came', async () => {
    expect(await sendPending()).toBe(200);
  });

  it('are found statement by statement through every index, in order and once', { timeout: TIME_LIMIT }, async () => {
    const statements = acknowledged.flat();
    expect(await find({})).toEqual(idsOf(statements));
    expect(await find({ verb: VERB.id })).toEqual(idsOf(statements));
    for (const learner of LEARNERS.map((name) => anAgent(name))) {
      const own = statements.filter(({ actor }) => actor.mbox === learner.mbox);
      expect(await find({ agent: JSON.stringify(learner) })).toEqual(idsOf(own));
    }
    for (const { id } of QUESTIONS.map((name) => anActivity(name))) {
      const about = statements.filter(({ object }) => 'id' in object && object.id === id);
      expect(await find({ activity: id })).toEqual(idsOf(about));
    }
    for (const array of acknowledged) expect(await find({ registration: registrationOf(array) })).toEqual(idsOf(array));
    const taught = statements.filter(({ context }) => context?.instructor !== undefined);
    expect(await find({ agent: JSON.stringify(TEACHER), related_agents: 'true' })).toEqual(idsOf(taught));
    const inCourse = statements.filter(({ context }) => context?.contextActivities !== undefined);
    expect(await find({ activity: COURSE.id, related_activities: 'true' })).toEqual(idsOf(inCourse));
  });

  /** @returns the status; what was not acknowledged will be sent again. */
  async function sendPending(): Promise<number> {
    const sent = pending;
    const { status } = await client.post('/statements', sent);
    if (status === 200) {
      acknowledged.push(sent);
      pending = anArray();
    }
    return status;
  }
});

/** The oldest first. */
function find(query: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return walk(client, lrs.url, { ascending: 'true', ...query });
}

async function afterRestart<T>(act: () => Promise<T>): Promise<T> {
  await lrs.restart();
  return act();
}

async function countOf(array: readonly Known[]): Promise<number> {
  const page = pageIn(await client.getJson('/statements', { registration: registrationOf(array), limit: '500' }));
  return page.statements.length;
}

/** Each statement has a learner and a question, a third of them a teacher, another third a course. */
function anArray(): readonly Known[] {
  const registration = randomUUID();
  return Array.from({ length: LENGTH }, (_, index) => ({
    ...aStatement({ verb: VERB }),
    id: randomUUID(),
    actor: anAgent(LEARNERS[index % LEARNERS.length] ?? ''),
    object: anActivity(QUESTIONS[index % QUESTIONS.length] ?? ''),
    context: {
      registration,
      ...(index % 3 === 0 && { instructor: TEACHER }),
      ...(index % 3 === 1 && { contextActivities: { parent: [COURSE] } }),
    },
  }));
}

function registrationOf([first]: readonly Known[]): string {
  return first?.context?.registration ?? '';
}

function idsOf(statements: readonly Known[]): readonly string[] {
  return statements.map(({ id }) => id);
}

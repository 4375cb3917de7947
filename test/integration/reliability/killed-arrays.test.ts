import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { pageIn, walk } from '#test/support/http-client.ts';
import { seededRandom } from '#test/support/random.ts';
import { anActivity, anAgent, aStatement } from '#test/support/statements.ts';
import { testLrs } from '#test/support/test-lrs.ts';
import type { Statement } from '#xapi/statement/statement.ts';

const KILLS = 50;
const LENGTH = 350;
/** Arrays of each kind that are sent again. */
const RETRIES = 5;
const SEED = randomInt(2 ** 31);
/** Milliseconds: several times what is needed. */
const TIME_LIMIT = 300_000;

const LEARNERS = ['ann', 'bob', 'cid'] as const;
const QUESTIONS = ['q1', 'q2', 'q3', 'q4'] as const;
const VERB = { id: 'http://example.com/verbs/answered' };
const TEACHER = anAgent('teacher');
const COURSE = anActivity('course');

type Known = Statement & { readonly id: string };

const { lrs, client } = testLrs({ isKilledOften: true });

describe(`arrays of ${LENGTH} statements while the LRS is killed ${KILLS} times (seed ${SEED})`, () => {
  const random = seededRandom(SEED);
  /** In the order stored. */
  const stored: (readonly Known[])[] = [];
  const unacknowledged: (readonly Known[])[] = [];
  const lost: (readonly Known[])[] = [];

  it('are stored as a whole or not at all, and as a whole when acknowledged', { timeout: TIME_LIMIT }, async () => {
    const first = anArray();
    const start = performance.now();
    expect(await send(first)).toBe(200);
    const whole = performance.now() - start;
    stored.push(first);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const array = anArray();
      const answer = send(array).catch(() => 'none');
      await sleep(random() * 1.5 * whole);
      await lrs.kill9();
      await lrs.restart();
      const status = await answer;
      const count = await countOf(array);
      expect(`answer ${status}, stored ${count}`).toBeOneOf([
        `answer 200, stored ${LENGTH}`,
        'answer none, stored 0',
        `answer none, stored ${LENGTH}`,
      ]);
      (count === 0 ? lost : stored).push(array);
      if (count > 0 && status !== 200) unacknowledged.push(array);
    }
  });

  it('are acknowledged when they are sent again', { timeout: TIME_LIMIT }, async () => {
    const retried = lost.slice(-RETRIES);
    expect(retried).not.toEqual([]);
    for (const array of [...retried, ...unacknowledged.slice(-RETRIES)]) expect(await send(array)).toBe(200);
    stored.push(...retried);
  });

  it('are found statement by statement through every index, in order and once', { timeout: TIME_LIMIT }, async () => {
    const statements = stored.flat();
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
    for (const array of stored) expect(await find({ registration: registrationOf(array) })).toEqual(idsOf(array));
    const taught = statements.filter(({ context }) => context?.instructor !== undefined);
    expect(await find({ agent: JSON.stringify(TEACHER), related_agents: 'true' })).toEqual(idsOf(taught));
    const inCourse = statements.filter(({ context }) => context?.contextActivities !== undefined);
    expect(await find({ activity: COURSE.id, related_activities: 'true' })).toEqual(idsOf(inCourse));
  });
});

async function send(array: readonly Known[]): Promise<number> {
  return (await client.post('/statements', array)).status;
}

/** The oldest first. */
function find(query: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return walk(client, lrs.url, { ascending: 'true', ...query });
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

import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { HttpReply, HttpRequest } from '#test/support/http-client.ts';
import { seededRandom } from '#test/support/random.ts';
import { anActivity, anAgent } from '#test/support/statements.ts';
import { testLrs } from '#test/support/test-lrs.ts';

const KILLS = 12;
/** Each is changed by one client, so that the engine always has some that wait. */
const DOCUMENTS = 16;
/** Milliseconds until a kill, at the most. */
const LIFE = 400;
const SEED = randomInt(2 ** 31);
/** Milliseconds: several times what is needed. */
const TIME_LIMIT = 120_000;
/** Characters of what goes to an object. */
const LARGE = 20_000;
const NONE = 'none';

const { lrs, client } = testLrs();

function documentAt(index: number): Pick<HttpRequest, 'path' | 'query'> {
  const query = { activityId: anActivity('killed').id, agent: JSON.stringify(anAgent('ann')), stateId: `${index}` };
  return { path: '/activities/state', query };
}

/** @param text what the document is to be; NONE: it is deleted */
function change(index: number, text: string): Promise<HttpReply> {
  if (text === NONE) return client.send({ ...documentAt(index), method: 'DELETE' });
  return client.send({ ...documentAt(index), method: 'PUT', headers: { 'content-type': 'text/plain' }, body: text });
}

async function textOf(index: number): Promise<string> {
  const { status, text } = await client.send(documentAt(index));
  if (status === 404) return NONE;
  expect(status).toBe(200);
  return text;
}

describe(`${DOCUMENTS} documents while the LRS is killed ${KILLS} times (seed ${SEED})`, () => {
  const random = seededRandom(SEED);
  /** What each document is. */
  const texts = Array.from({ length: DOCUMENTS }, () => NONE);
  let changes = 0;

  const nextText = (): string => {
    changes += 1;
    if (random() < 0.3) return NONE;
    return random() < 0.3 ? `${changes} `.padEnd(LARGE, 'x') : `${changes}`;
  };

  /** Until it gets no answer. @returns what the document was at the last answer, and what it was to be then */
  const changeUntilKilled = async (index: number): Promise<readonly string[]> => {
    let acknowledged = texts[index] ?? NONE;
    for (;;) {
      const text = nextText();
      const status = await change(index, text).then(
        (answer) => answer.status,
        () => 0,
      );
      if (status !== 204) return [acknowledged, text];
      acknowledged = text;
    }
  };

  it('are what they were changed to last, as a whole', { timeout: TIME_LIMIT }, async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const changing = Array.from({ length: DOCUMENTS }, (_, index) => changeUntilKilled(index));
      await sleep(LIFE / 4 + random() * LIFE);
      await lrs.kill9();
      const possible = await Promise.all(changing);
      await lrs.restart();
      for (const [index, either] of possible.entries()) {
        const text = await textOf(index);
        expect(text).toBeOneOf([...either]);
        texts[index] = text;
      }
    }
    // Else nothing was ever acknowledged.
    expect(changes).toBeGreaterThan(KILLS * DOCUMENTS);
  });
});

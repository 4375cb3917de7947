import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { HttpReply, HttpRequest } from '#test/support/http-client.ts';
import { seededRandom } from '#test/support/random.ts';
import { anActivity, anAgent } from '#test/support/statements.ts';
import { testLrs } from '#test/support/test-lrs.ts';

const KILLS = 8;
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

const { lrs, client } = testLrs({ isKilledOften: true });

type Document = Pick<HttpRequest, 'path' | 'query'>;

/** @param text what the document is to be; NONE: it is deleted */
function change(document: Document, text: string, method: 'PUT' | 'POST'): Promise<HttpReply> {
  if (text === NONE) return client.send({ ...document, method: 'DELETE' });
  return client.send({ ...document, method, headers: { 'content-type': 'application/json' }, body: text });
}

async function textOf(document: Document): Promise<string> {
  const { status, text } = await client.send(document);
  if (status === 404) return NONE;
  expect(status).toBe(200);
  return text;
}

describe.each([
  ['the LRS', () => lrs.kill9()],
  // Which writes what comes at the same time in groups.
  ['the engine', () => lrs.killEngine()],
])(`${DOCUMENTS} documents while %s is killed ${KILLS} times (seed ${SEED})`, (killed, kill) => {
  const random = seededRandom(SEED);
  const documents = Array.from({ length: DOCUMENTS }, (_, index): Document => {
    const agent = JSON.stringify(anAgent('ann'));
    const query = { activityId: anActivity('killed').id, agent, stateId: `${killed} ${index}` };
    return { path: '/activities/state', query };
  });
  /** What each document is. */
  const texts = documents.map(() => NONE);
  let changes = 0;

  /** Members are always the same: so a document that is merged with another is that one. */
  const nextText = (): string => {
    changes += 1;
    if (random() < 0.3) return NONE;
    return JSON.stringify({ change: changes, more: random() < 0.3 ? 'x'.repeat(LARGE) : '' });
  };

  /** Until it gets no answer. @returns what the document was at the last answer, and what it was to be then */
  const changeUntilKilled = async (document: Document, index: number): Promise<readonly string[]> => {
    let acknowledged = texts[index] ?? NONE;
    for (;;) {
      const text = nextText();
      const status = await change(document, text, random() < 0.5 ? 'PUT' : 'POST').then(
        (answer) => answer.status,
        () => 0,
      );
      if (status !== 204) return [acknowledged, text];
      acknowledged = text;
    }
  };

  it('are what they were changed to last, as a whole', { timeout: TIME_LIMIT }, async () => {
    for (let count = 0; count < KILLS; count += 1) {
      const changing = documents.map(changeUntilKilled);
      await sleep(LIFE / 4 + random() * LIFE);
      await kill();
      const possible = await Promise.all(changing);
      await lrs.restart();
      for (const [index, document] of documents.entries()) {
        const text = await textOf(document);
        expect(text).toBeOneOf([...(possible[index] ?? [])]);
        texts[index] = text;
      }
    }
    // Else nothing was ever acknowledged.
    expect(changes).toBeGreaterThan(KILLS * DOCUMENTS);
  });
});

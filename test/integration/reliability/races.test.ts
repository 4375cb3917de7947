import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { statementIn, walk } from '#test/support/http-client.ts';
import type { HttpReply, HttpRequest } from '#test/support/http-client.ts';
import { anActivity, anAgent, aStatement } from '#test/support/statements.ts';
import { testLrs } from '#test/support/test-lrs.ts';

const WRITERS = 100;
const SAME_TIME = 20;

const { lrs, client } = testLrs({ version: '2.0.0' });

const activityId = anActivity('race').id;
const agent = JSON.stringify(anAgent('racer'));

const DOCUMENTS: readonly (readonly [string, Pick<HttpRequest, 'path' | 'query'>])[] = [
  ['state', { path: '/activities/state', query: { activityId, agent, stateId: 'race' } }],
  ['activity profile', { path: '/activities/profile', query: { activityId, profileId: 'race' } }],
  ['agent profile', { path: '/agents/profile', query: { agent, profileId: 'race' } }],
];

describe.each(DOCUMENTS)('100 concurrent writers of one %s', (_, document) => {
  it('with If-None-Match: one creates it', async () => {
    const bodies = differentBodies();
    const answers = await Promise.all(bodies.map((body) => put(document, body, { 'if-none-match': '*' })));
    expect(tally(answers)).toEqual({ 204: 1, 412: WRITERS - 1 });
    expect((await client.send(document)).text).toBe(bodies[winner(answers)]);
  });

  it('with the same If-Match: one replaces it', async () => {
    const headers = { 'if-match': await etagOf(document) };
    const bodies = differentBodies();
    const answers = await Promise.all(bodies.map((body) => put(document, body, headers)));
    expect(tally(answers)).toEqual({ 204: 1, 412: WRITERS - 1 });
    expect((await client.send(document)).text).toBe(bodies[winner(answers)]);
  });

  it('with the same If-Match, half of them deleting: one succeeds', async () => {
    const headers = { 'if-match': await etagOf(document) };
    const answers = await Promise.all(
      differentBodies().map((body, index) =>
        index % 2 === 0 ? put(document, body, headers) : client.send({ ...document, method: 'DELETE', headers }),
      ),
    );
    expect(tally(answers)).toEqual({ 204: 1, 412: WRITERS - 1 });
  });
});

describe('concurrent PUTs of one statement id', () => {
  it('are all answered with 204 when they are equal, and stored once', async () => {
    const id = randomUUID();
    const verb = { id: `http://example.com/${id}` };
    const answers = await Promise.all(numbers(SAME_TIME).map(() => client.putStatement(id, aStatement({ verb }))));
    expect(tally(answers)).toEqual({ 204: SAME_TIME });
    expect(await walk(client, lrs.url, { verb: verb.id })).toEqual([id]);
  });

  it('store one and refuse the others when they differ', async () => {
    const id = randomUUID();
    const objects = numbers(SAME_TIME).map((number) => anActivity(`race-${id}-${number}`));
    const answers = await Promise.all(objects.map((object) => client.putStatement(id, aStatement({ object }))));
    expect(tally(answers)).toEqual({ 204: 1, 409: SAME_TIME - 1 });
    const { object } = statementIn(await client.getJson('/statements', { statementId: id }));
    expect(object).toEqual(objects[winner(answers)]);
    const found = await Promise.all(objects.map((activity) => walk(client, lrs.url, { activity: activity.id })));
    expect(found.flat()).toEqual([id]);
  });

  it('are one each for arrays that share an id', async () => {
    const id = randomUUID();
    const verb = { id: `http://example.com/${id}` };
    const arrays = numbers(SAME_TIME).map((number) => [
      aStatement({ id, verb, object: anActivity(`race-${number}`) }),
      aStatement({ id: randomUUID(), verb }),
    ]);
    const answers = await Promise.all(arrays.map((array) => client.post('/statements', array)));
    expect(tally(answers)).toEqual({ 200: 1, 409: SAME_TIME - 1 });
    const stored = arrays[answers.findIndex(({ status }) => status === 200)];
    expect(await walk(client, lrs.url, { verb: verb.id, ascending: 'true' })).toEqual(stored?.map((one) => one.id));
  });
});

function put(
  document: Pick<HttpRequest, 'path' | 'query'>,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<HttpReply> {
  const type = { 'content-type': 'application/json' };
  return client.send({ ...document, method: 'PUT', headers: { ...type, ...headers }, body });
}

async function etagOf(document: Pick<HttpRequest, 'path' | 'query'>): Promise<string> {
  return (await client.send(document)).headers.etag ?? '';
}

/** An ETag is a hash of the content: the same content again would have the same. */
function differentBodies(): readonly string[] {
  return Array.from({ length: WRITERS }, () => JSON.stringify({ id: randomUUID() }));
}

/** How many answers have each status. */
function tally(answers: readonly HttpReply[]): Readonly<Record<number, number>> {
  const groups = Map.groupBy(answers, ({ status }) => status);
  return Object.fromEntries(Array.from(groups, ([status, group]) => [status, group.length]));
}

function winner(answers: readonly HttpReply[]): number {
  return answers.findIndex(({ status }) => status === 204);
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

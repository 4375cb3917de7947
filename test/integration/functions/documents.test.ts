import { beforeAll, describe, expect, it } from 'vitest';
import { type Functions, jsonOf, startFunctions } from '#test/support/function-handlers.ts';

const AGENT = '{"mbox":"mailto:learner@example.com"}';
const JSON_TYPE = { 'content-type': 'application/json' };

let functions: Functions;

beforeAll(async () => {
  functions = await startFunctions();
});

describe.each([
  ['/activities/state', 'stateId', { activityId: 'http://example.com/state', agent: AGENT }],
  ['/activities/profile', 'profileId', { activityId: 'http://example.com/profile' }],
  ['/agents/profile', 'profileId', { agent: AGENT }],
] as const)('documents of %s (xAPI 1.0.3, Communication 2.2)', (path, idName, owner) => {
  const named = (id: string): Record<string, string> => ({ ...owner, [idName]: id });

  it('are given back as they came, whatever they are', async () => {
    const body = Uint8Array.of(0, 0xff, 0x80, 13, 10);
    const headers = { 'content-type': 'image/png', 'if-none-match': '*' };
    expect(await functions.send(path, { method: 'PUT', query: named('binary'), headers, body })).toMatchObject({
      statusCode: 204,
    });
    const result = await functions.send(path, { query: named('binary') });
    expect(result).toMatchObject({
      statusCode: 200,
      isBase64Encoded: true,
      headers: {
        'Content-Type': 'image/png',
        ETag: expect.stringMatching(/^"[0-9a-f]{40}"$/u),
        'Last-Modified': expect.stringMatching(/GMT$/u),
      },
    });
    expect(Buffer.from(result.body ?? '', 'base64')).toEqual(Buffer.from(body));
  });

  it.each(['x/é', `x/${'y'.repeat(1_023)}`])(
    'are refused with a content type that no answer can carry: %s',
    async (type) => {
      const headers = { 'content-type': type, 'if-none-match': '*' };
      const result = await functions.send(path, { method: 'PUT', query: named('typed'), headers, body: 'text' });
      expect(result).toMatchObject({ statusCode: 400 });
      expect(jsonOf(result)).toMatchObject({ code: 'header-invalid', path: 'Content-Type' });
    },
  );

  it('are created once with If-None-Match and replaced with If-Match', async () => {
    const put = (headers: Record<string, string>): ReturnType<Functions['send']> =>
      functions.send(path, {
        method: 'PUT',
        query: named('tagged'),
        headers: { ...JSON_TYPE, ...headers },
        body: '{}',
      });
    expect(await put({ 'if-match': '"0"' })).toMatchObject({ statusCode: 412 });
    expect(await put({ 'if-none-match': '*' })).toMatchObject({ statusCode: 204 });
    expect(await put({ 'if-none-match': '*' })).toMatchObject({ statusCode: 412 });
    const { headers } = await functions.send(path, { query: named('tagged') });
    expect(await put({ 'if-match': String(headers?.['ETag']) })).toMatchObject({ statusCode: 204 });
    expect(await put({ 'x-experience-api-version': '2.0.0' })).toMatchObject({ statusCode: 409 });
  });

  it('are merged by POST, by many at the same time', async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    const results = await Promise.all(
      numbers.map((number) =>
        functions.send(path, {
          method: 'POST',
          query: named('merged'),
          headers: JSON_TYPE,
          body: JSON.stringify({ [`member-${number}`]: number }),
        }),
      ),
    );
    expect(results.map(({ statusCode }) => statusCode)).toEqual(numbers.map(() => 204));
    const merged = jsonOf(await functions.send(path, { query: named('merged') }));
    expect(merged).toEqual(Object.fromEntries(numbers.map((number) => [`member-${number}`, number])));
  });

  it('are listed by id, since a moment', async () => {
    const since = new Date(Date.now() + 3_600_000).toISOString();
    const all = await functions.send(path, { query: owner });
    expect(jsonOf(all)).toEqual(['binary', 'merged', 'tagged']);
    const { headers: merged } = await functions.send(path, { query: named('merged') });
    expect(all.headers).toMatchObject({
      ETag: expect.stringMatching(/^"[0-9a-f]{40}"$/u),
      'Last-Modified': merged?.['Last-Modified'],
    });
    expect(jsonOf(await functions.send(path, { query: { ...owner, since } }))).toEqual([]);
    expect(await functions.send(path, { query: { ...named('binary'), since } })).toMatchObject({ statusCode: 400 });
  });

  it('are gone once deleted', async () => {
    const deletion = { method: 'DELETE', query: named('binary') };
    expect(await functions.send(path, { ...deletion, headers: { 'if-match': '"0"' } })).toMatchObject({
      statusCode: 412,
    });
    expect(await functions.send(path, deletion)).toMatchObject({ statusCode: 204 });
    expect(await functions.send(path, deletion)).toMatchObject({ statusCode: 204 });
    expect(await functions.send(path, { query: named('binary') })).toMatchObject({ statusCode: 404 });
  });

  it('are refused when they are too large to give back', async () => {
    const body = new Uint8Array(4 * 1024 * 1024 + 1);
    const headers = { 'if-none-match': '*' };
    expect(await functions.send(path, { method: 'PUT', query: named('large'), headers, body })).toMatchObject({
      statusCode: 413,
    });
  });

  it('need to be named and to belong to something', async () => {
    for (const name of Object.keys(named('id'))) {
      const query = Object.fromEntries(Object.entries(named('id')).filter(([other]) => other !== name));
      const result = await functions.send(path, { method: 'PUT', query, headers: JSON_TYPE, body: '{}' });
      expect(jsonOf(result)).toMatchObject({ code: 'parameter-missing', path: name });
    }
  });
});

const putState = (query: Record<string, string>): ReturnType<Functions['send']> =>
  functions.send('/activities/state', {
    method: 'PUT',
    query,
    body: 'text',
    headers: { 'content-type': 'text/plain' },
  });
const listStates = async (query: Record<string, string>): Promise<unknown> =>
  jsonOf(await functions.send('/activities/state', { query }));

describe('state (xAPI 1.0.3, Communication 2.3)', () => {
  const owner = { activityId: 'http://example.com/registrations', agent: AGENT };
  const registration = '8f2b2f52-1111-4c1b-9dd7-0a9d4bac1234';

  it('is kept, listed and deleted by registration', async () => {
    await putState({ ...owner, stateId: 'without' });
    await putState({ ...owner, stateId: 'with', registration });
    expect(await listStates(owner)).toEqual(['with', 'without']);
    expect(await listStates({ ...owner, registration: registration.toUpperCase() })).toEqual(['with']);
    const deletion = { method: 'DELETE', query: { ...owner, registration } };
    expect(await functions.send('/activities/state', deletion)).toMatchObject({ statusCode: 204 });
    expect(await listStates(owner)).toEqual(['without']);
  });
});

describe.each([
  ['/activities/state', { activityId: 'http://example.com/groups' }],
  ['/agents/profile', {}],
] as const)('the agent of %s', (path, owner) => {
  const agent = '{"objectType":"Group","mbox":"mailto:group@example.com"}';
  const list = (version: string): ReturnType<Functions['send']> =>
    functions.send(path, { query: { ...owner, agent }, headers: { 'x-experience-api-version': version } });

  it('is no Group in 1.0.3 (Communication 2.6)', async () => {
    const result = await list('1.0.3');
    expect(result.statusCode).toBe(400);
    expect(jsonOf(result)).toMatchObject({ code: 'parameter-invalid', path: 'agent' });
  });

  it('may be an Identified Group in 2.0', async () => {
    expect(await list('2.0.0')).toMatchObject({ statusCode: 200 });
  });
});

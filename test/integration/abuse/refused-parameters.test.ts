import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { followed, httpClient, pageIn, problemIn } from '#test/support/http-client.ts';
import type { HttpRequest } from '#test/support/http-client.ts';
import { startLrs } from '#test/support/lrs.ts';
import { anAgent, aStatement } from '#test/support/statements.ts';
import { testLrs } from '#test/support/test-lrs.ts';
import type { Problem } from '#xapi/errors.ts';

const { lrs, client } = testLrs();

beforeAll(async () => {
  await client.post(
    '/statements',
    Array.from({ length: 3 }, () => aStatement()),
  );
});

type Case = readonly [request: HttpRequest, status: number, problem: Partial<Problem>];

const ID = randomUUID();
const AGENT = encodeURIComponent(JSON.stringify(anAgent('ann')));
const OWNER = `activityId=http://example.com/a&agent=${AGENT}`;

const CASES: readonly Case[] = [
  [statements('foo=bar'), 400, { code: 'parameter-unknown', path: 'foo' }],
  [statements('Verb=http://example.com/v'), 400, { code: 'parameter-unknown', path: 'Verb', message: spelt('verb') }],
  [statements(`statementid=${ID}`), 400, { code: 'parameter-unknown', message: spelt('statementId') }],
  [statements('limit=1&limit=2'), 400, { code: 'parameter-invalid', path: 'limit', expected: 'one value' }],
  [statements('limit=-1'), 400, { code: 'parameter-invalid', path: 'limit', received: '"-1"' }],
  [statements('limit=1e3'), 400, { code: 'parameter-invalid', path: 'limit' }],
  [statements(`limit=${'9'.repeat(400)}`), 400, { code: 'parameter-invalid', path: 'limit' }],
  [statements('ascending=yes'), 400, { code: 'parameter-invalid', path: 'ascending', expected: 'true or false' }],
  [statements('format=xml'), 400, { code: 'parameter-invalid', path: 'format' }],
  [statements('since=yesterday'), 400, { code: 'parameter-invalid', path: 'since' }],
  [statements('until=2026-02-30T00:00:00Z'), 400, { code: 'parameter-invalid', path: 'until' }],
  [statements('verb=passed'), 400, { code: 'parameter-invalid', path: 'verb' }],
  [statements('activity='), 400, { code: 'parameter-invalid', path: 'activity' }],
  [statements('registration=1'), 400, { code: 'parameter-invalid', path: 'registration' }],
  [statements('agent=ann'), 400, { code: 'parameter-invalid', path: 'agent', received: '"ann"' }],
  [statements('agent=%7B%7D'), 400, { path: 'agent' }],
  [statements('agent=%7B%22mbox%22%3A%22ann%22%7D'), 400, { path: 'agent.mbox' }],
  [statements('verb=%zz'), 400, { code: 'parameter-invalid', received: '"%zz"' }],
  [statements('verb=%ff%fe'), 400, { code: 'parameter-invalid' }],
  [statements('verb=http://example.com/%00'), 400, { code: 'parameter-invalid', path: 'verb' }],
  [statements('cursor=forged'), 400, { code: 'parameter-invalid', path: 'cursor' }],
  [
    statements(`statementId=${ID}&voidedStatementId=${ID}`),
    400,
    { code: 'parameter-invalid', path: 'voidedStatementId' },
  ],
  [statements(`statementId=${ID}&limit=1`), 400, { code: 'parameter-invalid', path: 'limit' }],
  [statements(`statementId=${ID}`), 404, { code: 'statement-not-found', path: 'statementId' }],
  [{ path: '/activities' }, 400, { code: 'parameter-missing', path: 'activityId' }],
  [{ path: '/agents' }, 400, { code: 'parameter-missing', path: 'agent' }],
  [{ path: '/activities/state', query: 'stateId=s' }, 400, { code: 'parameter-missing' }],
  [{ path: '/activities/state', query: `${OWNER}&stateId=s&since=2026-01-01T00:00:00Z` }, 400, { path: 'since' }],
  [{ path: '/activities/state', query: `${OWNER}&stateId=s` }, 404, { code: 'document-not-found' }],
  [{ path: '/activities/profile', query: 'activityId=a&profileId=p' }, 400, { path: 'activityId' }],
  [{ path: '/agents/profile', query: `agent=${AGENT}&profileId=p&profileId=q` }, 400, { path: 'profileId' }],
  [{ path: '/agents/profile', method: 'DELETE', query: `agent=${AGENT}` }, 400, { code: 'parameter-missing' }],
  [{ path: '/statements', method: 'DELETE' }, 405, { code: 'method-not-allowed' }],
  [{ path: '/statements', method: 'PATCH' }, 405, { code: 'method-not-allowed' }],
  [{ path: '/nothing' }, 404, { code: 'resource-not-found' }],
  [withHeaders({ 'x-experience-api-version': undefined }), 400, { code: 'version-unsupported' }],
  [withHeaders({ 'x-experience-api-version': '3.0' }), 400, { code: 'version-unsupported', received: '"3.0"' }],
  [withHeaders({ authorization: undefined }), 401, { code: 'not-authenticated' }],
  [withHeaders({ authorization: 'Basic !' }), 401, { code: 'not-authenticated' }],
  [withHeaders({ authorization: 'Bearer x' }), 401, { code: 'not-authenticated' }],
  [statements(`verb=http://example.com/${'a'.repeat(10_240)}`), 414, {}],
  [withHeaders({ 'x-long': 'a'.repeat(10_240) }), 431, {}],
];

describe('parameters and headers that are refused', () => {
  it.each(CASES)('%j', async (request, status, problem) => {
    const answer = await client.send(request);
    expect([answer.status, problemIn(answer)]).toEqual([
      status,
      expect.objectContaining({ code: expect.any(String), message: expect.stringMatching(/\.$/u), ...problem }),
    ]);
  });
});

describe('a method that a resource does not have', () => {
  it('is refused in the version of the request (xAPI 1.0.3, Communication 3.3)', async () => {
    const { status, headers } = await client.send({ path: '/statements', method: 'DELETE' });
    expect([status, headers['allow'], headers['x-experience-api-version']]).toEqual([
      405,
      'GET, PUT, POST, HEAD, OPTIONS',
      '1.0.3',
    ]);
  });
});

describe('a link to more', () => {
  let more: string;

  beforeAll(async () => {
    ({ more } = pageIn(await client.getJson('/statements', { limit: '1', verb: aStatement().verb.id })));
  });

  it.each<[string, (link: string) => string]>([
    ['with another last character', (link) => link.slice(0, -1) + (link.endsWith('A') ? 'Q' : 'A')],
    ['that breaks off', (link) => link.slice(0, -5)],
    ['with another limit', (link) => link.replace('limit=1', 'limit=2')],
    ['with a filter less', (link) => link.replace(/verb=[^&]*&/u, '')],
    ['with a filter more', (link) => `${link}&ascending=true`],
    ['with the cursor twice', (link) => `${link}&${link.slice(link.indexOf('cursor='))}`],
  ])('%s is refused', async (_, change) => {
    const answer = await client.send(followed(change(more), lrs.url));
    expect([answer.status, problemIn(answer)]).toMatchObject([400, { code: 'parameter-invalid', path: 'cursor' }]);
  });

  it('is taken as it is, and with its parameters in another order', async () => {
    const [path, query = ''] = more.split('?');
    const turned = `${path}?${query.split('&').toReversed().join('&')}`;
    for (const link of [more, turned]) {
      expect(pageIn(await client.send(followed(link, lrs.url))).statements).toHaveLength(1);
    }
  });

  it('is refused to another credential', async () => {
    await lrs.terminate();
    const key = 'another-key';
    const secret = randomUUID();
    const other = await startLrs({ LRS_DATA_DIR: lrs.dataFolder, LRS_KEY: key, LRS_SECRET: secret });
    const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
    const stranger = httpClient({ url: other.url, authorization });
    const owner = httpClient({ url: other.url, authorization: lrs.authorization });
    const answer = await stranger.send(followed(more, lrs.url));
    expect([answer.status, problemIn(answer)]).toMatchObject([400, { code: 'parameter-invalid', path: 'cursor' }]);
    expect((await owner.send(followed(more, lrs.url))).status).toBe(200);
    for (const each of [stranger, owner]) each.close();
    await other.stop();
    await lrs.restart();
  });
});

function statements(query: string): HttpRequest {
  return { path: '/statements', query };
}

function withHeaders(headers: Readonly<Record<string, string | undefined>>): HttpRequest {
  return { path: '/statements', headers };
}

function spelt(name: string): string {
  return expect.stringContaining(`spelt "${name}"`);
}

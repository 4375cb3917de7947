import { beforeAll, describe, expect, it } from 'vitest';
import { aCredential } from '#test/support/credentials.ts';
import { basic } from '#test/support/gateway-events.ts';
import { type Functions, jsonOf, startFunctions, textOf } from '#test/support/function-handlers.ts';
import { anActivity, anAgent, aStatement } from '#test/support/statements.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const ALL = { authorization: basic('all', 'secret') };
const WRITER = { authorization: basic('writer', 'secret') };
const OTHER = { authorization: basic('other', 'secret') };

let functions: Functions;

beforeAll(async () => {
  functions = await startFunctions([
    aCredential({ key: 'all' }),
    aCredential({ key: 'writer', scopes: ['statements/write', 'statements/read/mine'] }),
    aCredential({ key: 'other', scopes: ['statements/write', 'statements/read/mine', 'define'] }),
  ]);
});

async function store(statement: object, headers: { readonly authorization: string }): Promise<string> {
  const body = JSON.stringify(statement);
  const result = await functions.send('/statements', { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });
  const [id]: [string] = JSON.parse(textOf(result));
  return id;
}

async function read(
  query: Record<string, string>,
  headers: { readonly authorization: string },
): Promise<{ readonly more: string }> {
  return JSON.parse(textOf(await functions.send('/statements', { query, headers })));
}

async function activity(activityId: string): Promise<unknown> {
  return jsonOf(await functions.send('/activities', { query: { activityId }, headers: ALL }));
}

describe('activities (xAPI 1.0.3, Communication 2.5)', () => {
  it('have the definitions of all statements', async () => {
    const { id } = anActivity('merged');
    await store(aStatement({ object: anActivity('merged', { name: { en: 'One' } }) }), ALL);
    await store(aStatement({ object: anActivity('merged', { name: { de: 'Eins' } }) }), OTHER);
    expect(await activity(id)).toEqual({ objectType: 'Activity', id, definition: { name: { en: 'One', de: 'Eins' } } });
  });

  it('are not defined by who may not', async () => {
    const { id } = anActivity('undefined');
    await store(aStatement({ object: anActivity('undefined', { name: { en: 'One' } }) }), WRITER);
    expect(await activity(id)).toEqual({ objectType: 'Activity', id });
  });
});

describe('what is known (xAPI 1.0.3, Communication 3.1)', () => {
  it.each([
    ['/activities', { activityId: 'http://example.com/tagged' }],
    ['/agents', { agent: '{"mbox":"mailto:tagged@example.com"}' }],
  ] as const)('of %s has an ETag', async (path, query) => {
    const { headers } = await functions.send(path, { query, headers: ALL });
    expect(headers).toHaveProperty('ETag', expect.stringMatching(/^"[0-9a-f]{40}"$/u));
  });
});

describe('agents (xAPI 1.0.3, Communication 2.4)', () => {
  it('have all names of all statements', async () => {
    await store(aStatement({ actor: anAgent('many', { name: 'Ann' }) }), ALL);
    await store(aStatement({ actor: anAgent('many', { name: 'Anna' }) }), ALL);
    await store(aStatement({ actor: anAgent('many', { name: 'Nobody' }) }), WRITER);
    const query = { agent: JSON.stringify(anAgent('many')) };
    expect(jsonOf(await functions.send('/agents', { query, headers: ALL }))).toEqual({
      objectType: 'Person',
      name: ['Ann', 'Anna'],
      mbox: ['mailto:many@example.com'],
    });
  });

  it('are no groups', async () => {
    const agent = JSON.stringify({ objectType: 'Group', openid: 'http://example.com/group' });
    expect(await functions.send('/agents', { query: { agent }, headers: ALL })).toMatchObject({ statusCode: 400 });
  });
});

describe('who may read only its own (xAPI 1.0.3, Communication 4.2)', () => {
  it('finds nothing else, by no way', async () => {
    const verb = { id: 'http://example.com/verbs/owned' };
    const own = await store(aStatement({ verb }), WRITER);
    const foreign = await store(aStatement({ verb }), OTHER);
    expect(await read({ verb: verb.id }, WRITER)).toMatchObject({ statements: [{ id: own }], more: '' });
    expect(await read({ verb: verb.id }, ALL)).toMatchObject({ statements: [{ id: foreign }, { id: own }] });
    expect(await read({ statementId: own }, WRITER)).toMatchObject({ id: own });
    expect(await read({ statementId: foreign }, WRITER)).toMatchObject({ code: 'statement-not-found' });
    const voiding = { verb: { id: 'http://adlnet.gov/expapi/verbs/voided' } };
    await store(aStatement({ ...voiding, object: { objectType: 'StatementRef', id: foreign } }), OTHER);
    expect(await read({ voidedStatementId: foreign }, WRITER)).toMatchObject({ code: 'statement-not-found' });
    expect(await read({ voidedStatementId: foreign }, OTHER)).toMatchObject({ id: foreign });
  });

  it('reads no page that another was linked to', async () => {
    const verb = { id: 'http://example.com/verbs/linked' };
    await store(aStatement({ verb }), ALL);
    await store(aStatement({ verb }), ALL);
    const { more } = await read({ verb: verb.id, limit: '1' }, ALL);
    const query = more.replace('/xapi/statements?', '');
    const result = await functions.send('/statements', { query, headers: WRITER });
    expect(jsonOf(result)).toMatchObject({ code: 'parameter-invalid', path: 'cursor' });
  });

  it('is refused what it may not', async () => {
    const query = { activityId: 'http://example.com/a' };
    expect(await functions.send('/activities', { query, headers: WRITER })).toMatchObject({ statusCode: 403 });
    expect(await functions.send('/activities/profile', { query, headers: WRITER })).toMatchObject({ statusCode: 403 });
  });
});

describe('about (xAPI 1.0.3, Communication 2.8)', () => {
  it('tells everybody the versions', async () => {
    for (const version of [undefined, '0.9', '1.0.3', '2.0.0']) {
      const headers = { authorization: undefined, 'x-experience-api-version': version };
      const result = await functions.send('/about', { headers });
      expect(jsonOf(result)).toMatchObject({ version: expect.arrayContaining(['1.0.3', '2.0.0']) });
    }
  });
});

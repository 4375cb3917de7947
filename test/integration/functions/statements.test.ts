import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseMediaType } from '#http/media-type.ts';
import { parseMultipart } from '#http/multipart/parse-multipart.ts';
import { type Statement, VOIDING_VERB } from '#xapi/statement/statement.ts';
import type { EventOptions } from '#test/support/gateway-events.ts';
import { type Functions, jsonOf, startFunctions, textOf } from '#test/support/function-handlers.ts';
import { anActivity, anAgent, aStatement } from '#test/support/statements.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const MULTIPART = { 'content-type': 'multipart/mixed; boundary=b' };

let functions: Functions;

beforeAll(async () => {
  functions = await startFunctions();
});

type Result = Promise<APIGatewayProxyStructuredResultV2>;

const post = (body: unknown, options: EventOptions = {}): Result =>
  functions.send('/statements', { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body), ...options });

const put = (statementId: string, body: unknown): Result =>
  functions.send('/statements', {
    method: 'PUT',
    query: { statementId },
    headers: JSON_TYPE,
    body: JSON.stringify(body),
  });

const get = (query: Readonly<Record<string, string>>, headers = {}): Result =>
  functions.send('/statements', { query, headers });

interface Page {
  readonly statements: readonly Statement[];
  readonly more: string;
}

async function page(query: EventOptions['query']): Promise<Page> {
  return JSON.parse(textOf(await functions.send('/statements', query === undefined ? {} : { query })));
}

/** A verb that no other test uses, to find one's own statements by. */
const aVerb = (): { readonly id: string } => ({ id: `http://example.com/verbs/${randomUUID()}` });

function attachmentOf(content: string, more: object = {}): NonNullable<Statement['attachments']>[number] {
  return {
    usageType: 'http://example.com/usage',
    display: { en: 'A file' },
    contentType: 'text/plain',
    length: content.length,
    sha2: createHash('sha256').update(content).digest('hex'),
    ...more,
  };
}

function multipart(statements: unknown, contents: readonly string[]): string {
  const parts = contents.map((content) =>
    [
      '\r\n--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\n',
      `X-Experience-API-Hash: ${attachmentOf(content).sha2}\r\n\r\n${content}`,
    ].join(''),
  );
  return `--b\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(statements)}${parts.join('')}\r\n--b--\r\n`;
}

function partsOf(result: APIGatewayProxyStructuredResultV2): readonly string[] {
  const boundary = parseMediaType(String(result.headers?.['Content-Type'])).parameters.get('boundary') ?? '';
  const parts = parseMultipart(Buffer.from(result.body ?? '', 'base64'), boundary);
  return parts.map(({ content }) => Buffer.from(content).toString());
}

describe('PUT statement (xAPI 1.0.3, Communication 2.1.1)', () => {
  it('stores a statement under its id, again and again', async () => {
    const id = randomUUID();
    const statement = aStatement();
    expect(await put(id, statement)).toMatchObject({ statusCode: 204 });
    expect(await put(id.toUpperCase(), { ...statement, id })).toMatchObject({ statusCode: 204 });
    expect(jsonOf(await get({ statementId: id }))).toMatchObject({ ...statement, id });
  });

  it('refuses another statement with the same id', async () => {
    const id = randomUUID();
    await put(id, aStatement());
    const result = await put(id, aStatement({ verb: aVerb() }));
    expect(result.statusCode).toBe(409);
    expect(jsonOf(result)).toMatchObject({ code: 'statement-conflict' });
  });

  it.each([
    ['parameter-missing', undefined, aStatement()],
    ['parameter-invalid', 'no-uuid', aStatement()],
    ['statement-invalid', randomUUID(), aStatement({ id: randomUUID() })],
    ['statement-invalid', randomUUID(), [aStatement()]],
    ['statement-invalid', randomUUID(), []],
  ])('is refused as %s with statementId %o and %o', async (code, statementId, body) => {
    const query = statementId === undefined ? {} : { statementId };
    expect(jsonOf(await post(body, { method: 'PUT', query }))).toMatchObject({ code });
  });
});

describe('POST statements (xAPI 1.0.3, Communication 2.1.2)', () => {
  it('answers the ids in the order sent', async () => {
    const id = randomUUID();
    const ids = jsonOf(await post([aStatement(), aStatement({ id })]));
    expect(ids).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/u), id]);
    expect(jsonOf(await post([]))).toEqual([]);
  });

  it('stores nothing of an array with a statement that is refused', async () => {
    const verb = aVerb();
    const result = await post([aStatement({ verb }), aStatement({ verb, timestamp: 'yesterday' })]);
    expect(jsonOf(result)).toMatchObject({ code: 'statement-invalid', path: '$[1].timestamp' });
    expect(await page({ verb: verb.id })).toEqual({ statements: [], more: '' });
  });

  it('refuses two statements with the same id', async () => {
    const id = randomUUID();
    const result = await post([aStatement({ id }), aStatement(), aStatement({ id: id.toUpperCase() })]);
    expect(jsonOf(result)).toMatchObject({ code: 'statement-duplicate-id', path: '$[2].id' });
  });

  it('gives the statement the authority of the credential', async () => {
    const [id]: [string] = JSON.parse(textOf(await post(aStatement({ authority: anAgent('somebody') }))));
    expect(jsonOf(await get({ statementId: id }))).toMatchObject({ authority: { account: { name: 'key' } } });
  });

  it('keeps numbers that a double cannot hold', async () => {
    const id = randomUUID();
    const text = JSON.stringify(aStatement({ id, result: { extensions: { 'http://example.com/n': 0 } } }));
    const body = text.replace('"http://example.com/n":0', '"http://example.com/n":12345678901234567890.123');
    await functions.send('/statements', { method: 'POST', headers: JSON_TYPE, body });
    for (const format of ['exact', 'ids', 'canonical']) {
      const result = await get({ statementId: id, format });
      expect(result.body).toContain('12345678901234567890.123');
    }
  });

  it('refuses a statement that could not be given back, naming it', async () => {
    const large = aStatement({ result: { response: 'x'.repeat(4 * 1024 * 1024) } });
    const result = await post([aStatement(), large]);
    expect(result.statusCode).toBe(413);
    expect(jsonOf(result)).toMatchObject({ code: 'request-too-large', path: '$[1]', expected: 'at most 4 MiB' });
  });

  it.each([undefined, 'text/plain', 'multipart/form-data; boundary=b'])('refuses the content type %o', async (type) => {
    const result = await post(aStatement(), { headers: { 'content-type': type } });
    expect(jsonOf(result)).toMatchObject({ code: 'content-type-unsupported', path: 'Content-Type' });
  });

  it('is told from GET by the alternate request syntax', async () => {
    const verb = aVerb();
    await post(aStatement({ verb }));
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ verb: verb.id }).toString();
    const result = await functions.send('/statements', { method: 'POST', query: 'method=GET', headers, body });
    expect(jsonOf(result)).toMatchObject({ statements: [{ verb }] });
  });
});

describe('GET statements (xAPI 1.0.3, Communication 2.1.3)', () => {
  it('tells when what it gives was stored, and up to when it is complete', async () => {
    const id = randomUUID();
    await put(id, aStatement());
    const result = await get({ statementId: id });
    const { stored = '' }: Statement = JSON.parse(textOf(result));
    expect(result.headers).toMatchObject({
      'Last-Modified': new Date(stored).toUTCString(),
      'X-Experience-API-Consistent-Through': expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/u),
    });
  });

  it.each(['true', 'false'])('tells when the newest of a page was stored: ascending=%s', async (ascending) => {
    const registration = randomUUID();
    const ids = [randomUUID(), randomUUID()];
    for (const id of ids) {
      await put(id, { ...aStatement(), context: { registration } });
      // To the second.
      await sleep(1_100);
    }
    const result = await get({ registration, ascending });
    const { statements }: { readonly statements: readonly Statement[] } = JSON.parse(textOf(result));
    const { stored = '' } = statements.find(({ id }) => id === ids[1]) ?? {};
    expect(result.headers).toMatchObject({ 'Last-Modified': new Date(stored).toUTCString() });
  });

  it.each([
    [400, { query: { LIMIT: '1' } }],
    [400, { headers: { 'x-experience-api-version': '0.95' } }],
    [401, { headers: { authorization: 'Basic bm9ib2R5Om5vdGhpbmc=' } }],
    [404, { query: { statementId: randomUUID() } }],
  ])('tells up to when it is complete with a refusal, too: %i', async (statusCode, options) => {
    const refused = await functions.send('/statements', options);
    expect(refused.statusCode).toBe(statusCode);
    expect(refused.headers).toHaveProperty('X-Experience-API-Consistent-Through');
  });

  it('finds a voided statement by voidedStatementId only', async () => {
    const id = randomUUID();
    await put(id, aStatement());
    expect(await get({ voidedStatementId: id })).toMatchObject({ statusCode: 404 });
    await post(aStatement({ verb: { id: VOIDING_VERB }, object: { objectType: 'StatementRef', id } }));
    expect(await get({ statementId: id })).toMatchObject({ statusCode: 404 });
    expect(jsonOf(await get({ voidedStatementId: id }))).toMatchObject({ id });
  });

  it('leads through all pages, each with every parameter', async () => {
    const verb = aVerb();
    const ids = Array.from({ length: 5 }, () => randomUUID());
    await post(ids.map((id) => aStatement({ id, verb })));
    const found: unknown[] = [];
    let next: EventOptions['query'] = { verb: verb.id, limit: '2', ascending: 'true' };
    for (let pages = 0; pages < 3; pages += 1) {
      const { statements, more } = await page(next);
      found.push(...statements.map(({ id }) => id));
      next = more.replace('/xapi/statements?', '');
    }
    expect(next).toBe('');
    expect(found).toEqual(ids);
  });

  it('refuses a link that was changed', async () => {
    const verb = aVerb();
    await post([aStatement({ verb }), aStatement({ verb })]);
    const { more } = await page({ verb: verb.id, limit: '1' });
    const query = more.replace('/xapi/statements?', '').replace('limit=1', 'limit=2');
    expect(jsonOf(await functions.send('/statements', { query }))).toMatchObject({
      code: 'parameter-invalid',
      path: 'cursor',
    });
  });

  it('gives ids, or one language of what it knows', async () => {
    const verb = { ...aVerb(), display: { en: 'did', de: 'tat' } };
    const object = anActivity(randomUUID(), { name: { en: 'One', de: 'Eins' } });
    await post(aStatement({ verb, object, actor: anAgent('ann', { name: 'Ann' }) }));
    await post(aStatement({ object: { ...object, definition: { name: { fr: 'Un' } } } }));
    const ids = jsonOf(await get({ verb: verb.id, format: 'ids' }));
    expect(ids).toMatchObject({
      statements: [{ actor: anAgent('ann'), verb: { id: verb.id }, object: { id: object.id } }],
    });
    const canonical = jsonOf(await get({ verb: verb.id, format: 'canonical' }, { 'accept-language': 'fr, de;q=0.5' }));
    expect(canonical).toMatchObject({
      statements: [{ verb: { display: { de: 'tat' } }, object: { definition: { name: { fr: 'Un' } } } }],
    });
  });

  it('gives what was sent where what it knows would not fit an answer', async () => {
    const verb = aVerb();
    const { id } = anActivity(randomUUID());
    await post(aStatement({ object: { id, definition: { description: { en: 'x'.repeat(900_000) } } } }));
    const other = Array.from({ length: 700 }, () => ({ id }));
    await post(aStatement({ verb, context: { contextActivities: { other } } }));
    const result = await get({ verb: verb.id, format: 'canonical' });
    expect(result.statusCode).toBe(200);
    expect(jsonOf(result)).toMatchObject({ statements: [{ context: { contextActivities: { other } } }] });
  });

  it('gives no more than fits an answer', async () => {
    const verb = aVerb();
    const response = 'x'.repeat(1024 * 1024);
    await Promise.all([1, 2, 3, 4, 5].map(() => post(aStatement({ verb, result: { response } }))));
    const first = await functions.send('/statements', { query: { verb: verb.id } });
    expect(first.body?.length).toBeLessThan(6_000_000);
    const { statements, more }: Page = JSON.parse(textOf(first));
    const rest = await page(more.replace('/xapi/statements?', ''));
    expect(statements.length + rest.statements.length).toBe(5);
  });
});

describe('attachments (xAPI 1.0.3, Communication 1.5.2)', () => {
  it('come with their statements and go with them, each once', async () => {
    const verb = aVerb();
    const attached = (text: string): Statement => aStatement({ verb, attachments: [attachmentOf(text)] });
    const body = multipart([attached('one'), attached('two'), attached('one')], ['one', 'two']);
    expect(await post(undefined, { headers: MULTIPART, body })).toMatchObject({ statusCode: 200 });
    const [json = '', ...contents] = partsOf(await get({ verb: verb.id, attachments: 'true', ascending: 'true' }));
    expect(JSON.parse(json)).toMatchObject({ statements: [{ verb }, { verb }, { verb }], more: '' });
    expect(contents).toEqual(['one', 'two']);
    expect(jsonOf(await get({ verb: verb.id }))).toMatchObject({ statements: [{ verb }, { verb }, { verb }] });
  });

  it('are given for a single statement, and multipart even when there are none', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    await post(undefined, {
      headers: MULTIPART,
      body: multipart(
        [aStatement({ id: first, attachments: [attachmentOf('one')] }), aStatement({ id: second })],
        ['one'],
      ),
    });
    expect(partsOf(await get({ statementId: first, attachments: 'true' }))[1]).toBe('one');
    expect(partsOf(await get({ statementId: second, attachments: 'true' }))).toHaveLength(1);
  });

  it('may be elsewhere', async () => {
    const fileUrl = 'http://example.com/file';
    const statement = aStatement({ attachments: [attachmentOf(randomUUID(), { fileUrl })] });
    const [id]: [string] = JSON.parse(textOf(await post(statement)));
    expect(partsOf(await get({ statementId: id, attachments: 'true' }))).toHaveLength(1);
  });

  it('may all be elsewhere, thousands of them, and are not all looked for', async () => {
    const verb = aVerb();
    const here = attachmentOf('here');
    const attachments = Array.from({ length: 5_000 }, (_, index) =>
      attachmentOf(`${verb.id}${index}`, { fileUrl: 'http://example.com/file' }),
    );
    const body = multipart(
      [1, 2].map(() => aStatement({ verb, attachments: [...attachments, here] })),
      ['here'],
    );
    expect(await post(undefined, { headers: MULTIPART, body })).toMatchObject({ statusCode: 200 });
    const [json = '', ...contents] = partsOf(await get({ verb: verb.id, attachments: 'true' }));
    const { statements, more }: Page = JSON.parse(json);
    expect(statements).toHaveLength(1);
    expect(contents).toEqual(['here']);
    const [next = ''] = partsOf(await functions.send('/statements', { query: more.replace('/xapi/statements?', '') }));
    expect(JSON.parse(next)).toMatchObject({ statements: [{ verb }], more: '' });
  });

  it.each([
    ['a content is missing', multipart(aStatement({ attachments: [attachmentOf('one')] }), [])],
    ['a content belongs to none', multipart(aStatement(), ['one'])],
    [
      'a hash is wrong',
      multipart(aStatement({ attachments: [attachmentOf('one')] }), ['one']).replace(/one\r/u, 'two\r'),
    ],
  ])('are refused when %s', async (_, body) => {
    const result = await post(undefined, { headers: MULTIPART, body });
    expect(jsonOf(result)).toMatchObject({ code: 'attachment-invalid' });
  });

  it('that are many go on several pages', async () => {
    const verb = aVerb();
    const contents = ['a', 'b', 'c'].map((letter) => letter.repeat(2_000_000));
    for (const content of contents) {
      const body = multipart(aStatement({ verb, attachments: [attachmentOf(content)] }), [content]);
      expect(await post(undefined, { headers: MULTIPART, body })).toMatchObject({ statusCode: 200 });
    }
    const first = await get({ verb: verb.id, attachments: 'true', ascending: 'true' });
    expect(first.body?.length).toBeLessThan(6_000_000);
    const [json = '', ...firstContents] = partsOf(first);
    const { more }: Page = JSON.parse(json);
    const query = more.replace('/xapi/statements?', '');
    const [, ...otherContents] = partsOf(await functions.send('/statements', { query }));
    expect([...firstContents, ...otherContents].map((content) => content[0])).toEqual(['a', 'b', 'c']);
  });
});

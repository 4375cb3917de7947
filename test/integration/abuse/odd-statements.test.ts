import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { idsIn, problemIn, statementIn, walk } from '#test/support/http-client.ts';
import { aMultipart, aPart, multipartOf } from '#test/support/multipart.ts';
import { anAttachment } from '#test/support/signed-statements.ts';
import { aStatement } from '#test/support/statements.ts';
import { testLrs } from '#test/support/test-lrs.ts';

const { lrs, client } = testLrs();

const EXTENSION = 'http://example.com/extension';

describe('what is unusual and allowed', () => {
  it.each([
    '12345678901234567890',
    '0.1000000000000000055511151231257827',
    '1e400',
    '-1E-400',
    '9007199254740993',
    '[0.5,{"n":-9007199254740993}]',
  ])('the number %s comes back as it was sent', async (number) => {
    const id = randomUUID();
    const text = JSON.stringify({ ...aStatement(), id, result: { extensions: { [EXTENSION]: 0 } } });
    const sent = text.replace(`"${EXTENSION}":0`, `"${EXTENSION}":${number}`);
    expect((await client.post('/statements', sent)).status).toBe(200);
    expect((await client.getJson('/statements', { statementId: id })).text).toContain(`"${EXTENSION}":${number}}`);
  });

  it.each([
    String.raw`\u0000`,
    String.raw`\ud83d\ude00`,
    String.raw`\ud83d`,
    String.raw`\ude00\ud83d`,
    '😀',
    String.raw`\ufeff`,
    '‮',
    '__proto__',
  ])('the text "%s" comes back with the same meaning', async (escaped) => {
    const id = randomUUID();
    const text = JSON.stringify({ ...aStatement(), id, result: { response: '?', extensions: { [EXTENSION]: '?' } } });
    const answer = await client.post('/statements', text.replaceAll('"?"', `"${escaped}"`));
    expect(answer.status).toBe(200);
    const { result } = statementIn(await client.getJson('/statements', { statementId: id }));
    const meant: unknown = JSON.parse(`"${escaped}"`);
    expect(result).toEqual({ response: meant, extensions: { [EXTENSION]: meant } });
  });

  it.each([
    "mailto:o'neil@example.com",
    'mailto:a+b/c=d?e@example.com',
    'mailto:!#$%&*^_`{|}~-@example.com',
    'mailto:"quoted local"@example.com',
    'mailto:ann@sub.sub.example.museum',
    'mailto:ann@[192.0.2.1]',
    'mailto:ännä@exämple.com',
    'mailto:%61nn@example.com',
  ])('the mailbox %s is stored and found', async (mbox) => {
    const statement = { ...aStatement(), id: randomUUID(), actor: { mbox } };
    expect((await client.post('/statements', statement)).status).toBe(200);
    expect(await walk(client, lrs.url, { agent: JSON.stringify({ mbox }) })).toEqual([statement.id]);
    const person = await client.getJson('/agents', { agent: JSON.stringify({ mbox }) });
    expect(JSON.parse(person.text)).toMatchObject({ mbox: [mbox] });
  });

  it.each([
    `http://example.com/${'a'.repeat(480)}`,
    `http://example.com/${'ü'.repeat(480)}`,
    `urn:x:${'a'.repeat(4_000)}`,
    'course-v1:edX+DemoX+Demo_Course',
    'http://example.com/a?b=c&d=é#e',
    'tag:example.com,2026:ünïcödé',
  ])('the activity %s is stored, found, known, and has documents', async (id) => {
    const statement = { ...aStatement(), id: randomUUID(), object: { id, definition: { name: { en: 'Odd' } } } };
    expect((await client.post('/statements', statement)).status).toBe(200);
    expect(await walk(client, lrs.url, { activity: id })).toEqual([statement.id]);
    expect(JSON.parse((await client.getJson('/activities', { activityId: id })).text)).toMatchObject(statement.object);
    const document = { path: '/activities/profile', query: { activityId: id, profileId: id.slice(0, 500) } };
    const headers = { 'content-type': 'text/plain', 'if-none-match': '*' };
    expect((await client.send({ ...document, method: 'PUT', headers, body: 'odd' })).status).toBe(204);
    expect((await client.send(document)).text).toBe('odd');
  });

  it('a long query string finds what it names', async () => {
    const name = 'a'.repeat(9_000);
    const account = { homePage: 'http://example.com', name };
    const statement = { ...aStatement(), id: randomUUID(), actor: { account } };
    expect((await client.post('/statements', statement)).status).toBe(200);
    expect(await walk(client, lrs.url, { agent: JSON.stringify({ account }) })).toEqual([statement.id]);
  });

  it('an array of one', async () => {
    const statement = { ...aStatement(), id: randomUUID() };
    expect(idsIn(await client.post('/statements', [statement]))).toEqual([statement.id]);
  });

  it('an array of 5,000', async () => {
    const verb = { id: `http://example.com/${randomUUID()}` };
    const statements = Array.from({ length: 5_000 }, () => ({ ...aStatement({ verb }), id: randomUUID() }));
    const answer = await client.post('/statements', statements);
    const ids = statements.map(({ id }) => id);
    expect([answer.status, idsIn(answer)]).toEqual([200, ids]);
    expect(await walk(client, lrs.url, { verb: verb.id, ascending: 'true' })).toEqual(ids);
  });

  it('a content that looks like a multipart body with a boundary like its own', async () => {
    const inMiddle = aPart(Buffer.from('in the middle of a line --the-boundary\r\n'));
    const { body: inner } = multipartOf([inMiddle, inMiddle], 'the-boundary-within');
    const statement = { ...aStatement({ attachments: [anAttachment(inner)] }), id: randomUUID() };
    const answer = await client.send({ path: '/statements', method: 'POST', ...aMultipart(statement, [inner]) });
    expect(answer.status).toBe(200);
    const query = { statementId: statement.id, attachments: 'true' };
    expect((await client.getJson('/statements', query)).bytes.includes(inner)).toBe(true);
  });

  it('a statement again, written in another way', async () => {
    const statement = { ...aStatement(), id: randomUUID() };
    const { object, verb, actor, id } = statement;
    await client.putStatement(id, statement);
    const again = JSON.stringify({ object, verb, actor, id: id.toUpperCase() }, null, 4);
    expect((await client.putStatement(id, again)).status).toBe(204);
    const other = await client.putStatement(id, { ...statement, verb: { id: 'http://example.com/other' } });
    expect([other.status, problemIn(other).code]).toEqual([409, 'statement-conflict']);
  });
});

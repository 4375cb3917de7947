import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { aCredential } from '#test/support/credentials.ts';
import { type Functions, jsonOf, startFunctions, textOf } from '#test/support/function-handlers.ts';
import { basic } from '#test/support/gateway-events.ts';
import { aMultipart } from '#test/support/multipart.ts';
import { anAttachment } from '#test/support/signed-statements.ts';
import { anActivity, anAgent, aStatement } from '#test/support/statements.ts';

const SCOPES = ['statements/write', 'statements/read/mine'] as const;

let functions: Functions;

beforeAll(async () => {
  functions = await startFunctions([aCredential(), aCredential({ key: 'mine', scopes: SCOPES })]);
});

const headersOf = (key: string): Record<string, string> => ({
  authorization: basic(key, 'secret'),
  'content-type': 'application/json',
});

async function put(key: string, statement: object): Promise<string> {
  const statementId = randomUUID();
  const options = { method: 'PUT', query: { statementId }, headers: headersOf(key), body: JSON.stringify(statement) };
  expect(await functions.send('/statements', options)).toMatchObject({ statusCode: 204 });
  return statementId;
}

const get = (query: Readonly<Record<string, string>>): ReturnType<Functions['send']> =>
  functions.send('/statements', { query, headers: headersOf('mine') });

describe('a credential that reads its own statements only (xAPI 1.0.3, Communication 4.2)', () => {
  it('finds no statement by what one of another authority says that it refers to', async () => {
    const secret = anAgent(randomUUID());
    const id = await put('key', aStatement({ actor: secret }));
    const reference = await put('mine', aStatement({ object: { objectType: 'StatementRef', id } }));
    expect(jsonOf(await get({ agent: JSON.stringify(secret) }))).toEqual({ statements: [], more: '' });
    const own = await put('mine', aStatement({ object: { objectType: 'StatementRef', id: reference } }));
    const ann = await get({ agent: JSON.stringify(anAgent('ann')) });
    expect(jsonOf(ann)).toMatchObject({ statements: [{ id: own }, { id: reference }] });
  });

  it('gets no definition that others gave to an activity', async () => {
    const { id } = anActivity(randomUUID());
    await put('key', aStatement({ object: { id, definition: { name: { en: 'secret' } } } }));
    const statementId = await put('mine', aStatement({ object: { id, definition: { name: { en: 'known' } } } }));
    expect(jsonOf(await get({ statementId, format: 'canonical' }))).toMatchObject({
      object: { definition: { name: { en: 'known' } } },
    });
  });

  it('gets no attachment that was sent under another authority, whatever hash it names', async () => {
    const content = Buffer.from(randomUUID());
    const attachment = anAttachment(content);
    const { headers, body } = aMultipart(aStatement({ attachments: [attachment] }), [content]);
    const sent = await functions.send('/statements', {
      method: 'POST',
      headers: { ...headersOf('key'), ...headers },
      body,
    });
    expect(sent).toMatchObject({ statusCode: 200 });
    const fileUrl = 'https://files.example.com/1';
    const statementId = await put('mine', aStatement({ attachments: [{ ...attachment, fileUrl }] }));
    expect(textOf(await get({ statementId, attachments: 'true' }))).not.toContain(content.toString());
    const everything = await functions.send('/statements', {
      query: { attachments: 'true' },
      headers: headersOf('key'),
    });
    expect(textOf(everything)).toContain(content.toString());
  });

  it('is told of a statement of another authority as of one that there is not', async () => {
    const statementId = await put('key', aStatement());
    for (const query of [{ statementId }, { voidedStatementId: statementId }]) {
      expect(await get(query)).toMatchObject({ statusCode: 404 });
    }
  });
});

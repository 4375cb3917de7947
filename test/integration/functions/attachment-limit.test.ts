import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_STORE, type Store } from '#access/store.ts';
import { putItems } from '#storage/dynamodb/batch.ts';
import { writesOf } from '#storage/dynamodb/registry/registry-changes.ts';
import { aStore } from '#test/support/credentials.ts';
import type { FreshTables } from '#test/support/engine.ts';
import { type Functions, jsonOf, startFunctions } from '#test/support/function-handlers.ts';
import { aMultipart } from '#test/support/multipart.ts';
import { anAttachment } from '#test/support/signed-statements.ts';
import { aStatement } from '#test/support/statements.ts';

const LIMIT = 10;

let functions: Functions;

beforeAll(async () => {
  functions = await startFunctions();
  await putStore(functions.tables, aStore({ id: DEFAULT_STORE, settings: { attachmentLimit: LIMIT } }));
});

async function putStore({ client, names }: FreshTables, put: Store): Promise<void> {
  const items = writesOf(names.registry, { kind: 'store', put }).flatMap(({ write: { Put } }) =>
    Put?.Item === undefined ? [] : [Put.Item],
  );
  await putItems(client, names.registry, items);
}

function post(content: Buffer, fileUrl?: string): ReturnType<Functions['send']> {
  const attachments = [anAttachment(content, fileUrl === undefined ? {} : { fileUrl })];
  const { headers, body } = aMultipart(aStatement({ attachments }), fileUrl === undefined ? [content] : []);
  return functions.send('/statements', { method: 'POST', headers, body });
}

describe('the attachment limit of a store', () => {
  it('lets in what is as large', async () => {
    expect(await post(Buffer.alloc(LIMIT))).toMatchObject({ statusCode: 200 });
  });

  it('refuses what is larger, and says how large it may be', async () => {
    const refused = await post(Buffer.alloc(LIMIT + 1));
    expect(refused).toMatchObject({ statusCode: 413 });
    expect(jsonOf(refused)).toMatchObject({
      code: 'request-too-large',
      path: '$.attachments[0]',
      expected: 'at most 10 bytes',
    });
  });

  it('is not for contents that are elsewhere', async () => {
    const elsewhere = await post(Buffer.alloc(LIMIT + 1), 'https://files.example.com/1');
    expect(elsewhere).toMatchObject({ statusCode: 200 });
  });
});

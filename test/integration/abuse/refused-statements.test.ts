import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pageIn, problemIn } from '#test/support/http-client.ts';
import type { HttpRequest } from '#test/support/http-client.ts';
import { aMultipart, aPart, multipartOf, ofAttachment } from '#test/support/multipart.ts';
import type { MultipartRequest } from '#test/support/multipart.ts';
import { anAttachment } from '#test/support/signed-statements.ts';
import { aStatement } from '#test/support/statements.ts';
import { testLrs } from '#test/support/test-lrs.ts';
import type { Problem } from '#xapi/errors.ts';

const { client } = testLrs({ version: '2.0.0' });

type Case = readonly [name: string, request: Omit<HttpRequest, 'path'>, status: number, problem: Partial<Problem>];

const JSON_TYPE = { 'content-type': 'application/json' };
const SECTION = { section: expect.any(String) };
const GOOD = JSON.stringify(aStatement());
const SAME_ID = aStatement({ id: randomUUID() });
const CONTENT = Buffer.from('the content');
const ATTACHED = JSON.stringify(aStatement({ attachments: [anAttachment(CONTENT)] }));
const STATEMENT_PART = aPart(Buffer.from(ATTACHED), JSON_TYPE);

const BODIES: readonly Case[] = [
  ['nothing', json(''), 400, { code: 'body-invalid' }],
  ['no JSON', json('hello'), 400, { code: 'body-invalid' }],
  ['JSON that breaks off', json(GOOD.slice(0, -5)), 400, { code: 'body-invalid' }],
  ['more after the JSON', json(`${GOOD}x`), 400, { code: 'body-invalid' }],
  ['a NUL', json(GOOD.replace('ann', 'a\0nn')), 400, { code: 'body-invalid' }],
  ['invalid UTF-8', json(Buffer.concat([Buffer.from(GOOD), Buffer.from([0xff])])), 400, { code: 'body-invalid' }],
  ['100,000 arrays within each other', json('['.repeat(100_000)), 400, { code: 'body-invalid' }],
  ['10,000 objects within each other', json(nested(10_000)), 400, { code: 'body-invalid' }],
  ['a number', json('7'), 400, { code: 'statement-invalid', path: '$' }],
  ['null', json('null'), 400, { code: 'statement-invalid', path: '$' }],
  ['null in an array', json(`[${GOOD},null]`), 400, { code: 'statement-invalid', path: '$[1]' }],
  [
    'two statements with one id',
    json(JSON.stringify([SAME_ID, SAME_ID])),
    400,
    { code: 'statement-duplicate-id', path: '$[1].id', received: JSON.stringify(SAME_ID.id) },
  ],
  [
    'one bad statement at the end of many',
    json(JSON.stringify([...Array.from({ length: 400 }, () => aStatement()), { ...aStatement(), verb: { id: 'no' } }])),
    400,
    { code: 'statement-invalid', path: '$[400].verb.id', received: '"no"' },
  ],
  [
    'a body of 7 MB, more than a function takes',
    json(`[${GOOD},"${'a'.repeat(7 * 1024 * 1024)}"]`),
    413,
    { code: 'request-too-large', message: expect.stringMatching(/6 MB.*fewer statements/u) },
  ],
  [
    'a body of 12 MB, more than the gateway takes',
    json(`[${GOOD},"${'a'.repeat(12 * 1024 * 1024)}"]`),
    413,
    { code: 'request-too-large', message: expect.stringMatching(/10 MB.*fewer statements/u) },
  ],
  ['no type', { method: 'POST', body: GOOD }, 400, { code: 'content-type-unsupported', path: 'Content-Type' }],
  [
    'a type that is no type',
    { method: 'POST', headers: { 'content-type': ';;;' }, body: GOOD },
    400,
    { code: 'content-type-unsupported', path: 'Content-Type' },
  ],
  [
    'bytes that are not compressed as said',
    { method: 'POST', headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: GOOD },
    400,
    { code: 'body-invalid', path: 'Content-Encoding' },
  ],
];

const ATTACHMENTS: readonly Case[] = [
  [
    'another boundary than announced',
    { ...multipart(), headers: { 'content-type': 'multipart/mixed; boundary=other' } },
    400,
    { code: 'body-invalid' },
  ],
  [
    'no boundary',
    { ...multipart(), headers: { 'content-type': 'multipart/mixed' } },
    400,
    { code: 'header-invalid', path: 'Content-Type' },
  ],
  ['no last boundary', { ...multipart(), body: multipart().body.subarray(0, -20) }, 400, { code: 'body-invalid' }],
  [
    'lines that end with a line feed only',
    { ...multipart(), body: Buffer.from(multipart().body.toString('latin1').replaceAll('\r\n', '\n'), 'latin1') },
    400,
    { code: 'body-invalid' },
  ],
  ['no content for an attachment', json(ATTACHED), 400, { code: 'attachment-invalid', path: '$.attachments[0]' }],
  [
    'a content that no statement declares',
    { method: 'POST', ...aMultipart(aStatement(), [CONTENT]) },
    400,
    { code: 'attachment-invalid', path: 'X-Experience-API-Hash' },
  ],
  [
    'a content without its hash',
    { method: 'POST', ...multipartOf([STATEMENT_PART, aPart(CONTENT, { 'Content-Type': 'text/plain' })]) },
    400,
    { code: 'attachment-invalid', path: 'X-Experience-API-Hash' },
  ],
  [
    'another content than the hash is of',
    { method: 'POST', ...multipartOf([STATEMENT_PART, aPart(Buffer.from('other'), ofAttachment(CONTENT))]) },
    400,
    { code: 'attachment-invalid', path: '$.attachments[0].sha2', expected: 'the SHA-2 of the content' },
  ],
  [
    'a part without a blank line',
    { method: 'POST', ...multipartOf([STATEMENT_PART, Buffer.from('X-Experience-API-Hash: 0')]) },
    400,
    { code: 'body-invalid' },
  ],
  [
    'the statement behind its attachment',
    { method: 'POST', ...multipartOf([aPart(CONTENT), STATEMENT_PART]) },
    400,
    { code: 'body-invalid', path: 'Content-Type', expected: 'application/json' },
  ],
];

describe.each([
  ['bodies', BODIES],
  ['attachments', ATTACHMENTS],
])('%s that are refused, and of which nothing is stored', (_, cases) => {
  it.each(cases)('%s', async (__, request, status, problem) => {
    const answer = await client.send({ path: '/statements', ...request });
    expect([answer.status, problemIn(answer)]).toEqual([
      status,
      expect.objectContaining({ message: expect.stringMatching(/\.$/u), ...(status === 400 && SECTION), ...problem }),
    ]);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(pageIn(await client.getJson('/statements')).statements).toEqual([]);
  });
});

function json(body: string | Buffer): Omit<HttpRequest, 'path'> {
  return { method: 'POST', headers: JSON_TYPE, body };
}

function multipart(): MultipartRequest & { readonly method: 'POST' } {
  return { method: 'POST', ...multipartOf([STATEMENT_PART, aPart(CONTENT)]) };
}

/** A statement whose extension holds objects within objects. */
function nested(depth: number): string {
  const value = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  return GOOD.replace(/\}$/u, `,"result":{"extensions":{"http://example.com/deep":${value}}}}`);
}

import { beforeAll, describe, expect, it } from 'vitest';
import { aCredential } from '#test/support/credentials.ts';
import { type Functions, startFunctions } from '#test/support/function-handlers.ts';
import { anAttachment } from '#test/support/signed-statements.ts';
import { uuidOf } from '#test/support/statement-drafts.ts';
import { anActivity, anAgent } from '#test/support/statements.ts';
import { aDated, attachedPost, postOf } from '#test/integration/isolation/filled-store.ts';
import { AUTHORITY, type Send, sender, type TenantRequest } from '#test/integration/isolation/tenants.ts';

const LONG = 'x'.repeat(200);

/** As like each other, and as like what keys and paths are made of, as ids can be. */
const STORE_IDS = [
  'a',
  'A',
  ' a',
  'a|',
  'a%7c',
  'a|s',
  'a/b',
  'a/',
  'a//b',
  'a%2Fb',
  'a+b',
  'a b',
  'a?b',
  'b',
  '',
  '*',
  '\u0000',
  'e\u0301',
  '\u00e9',
  LONG,
  `${LONG}x`,
  '__proto__',
];

/** As part of a URL they would lead out of their folder. */
const DOTTED_IDS = ['.', '..', 'a/../b', 'a/./b', '../b'];

const ALL_IDS = [...STORE_IDS, ...DOTTED_IDS];

/** The credential of a store: a key has to be plainer than the id of a store is here. */
function keyOf(id: string): string {
  return `store-${ALL_IDS.indexOf(id)}`;
}

const LARGE = 'x'.repeat(20 * 1024);
const ACTIVITY = anActivity('shared');
const AGENT = anAgent('shared');
const OWNER = { activityId: ACTIVITY.id, agent: JSON.stringify(AGENT) };

let functions: Functions;
let stores: readonly { readonly id: string; readonly mark: string; readonly send: Send }[];

beforeAll(async () => {
  functions = await startFunctions(
    ALL_IDS.map((id) => aCredential({ key: keyOf(id), store: id, authority: AUTHORITY })),
  );
  stores = STORE_IDS.map((id, index) => ({ id, mark: `mark-${index}-`, send: sender(functions, keyOf(id)) }));
  await Promise.all(stores.map(fill));
});

async function fill({ id, mark, send }: (typeof stores)[number]): Promise<void> {
  for (const request of writesOf(mark)) {
    expect({ id, ...(await send(request)) }).toMatchObject({ id, status: request.method === 'PUT' ? 204 : 200 });
  }
}

/** The same ids in every store. */
function writesOf(mark: string): readonly TenantRequest[] {
  const object = { ...ACTIVITY, definition: { name: { en: mark }, description: { en: LARGE } } };
  const actor = { ...AGENT, name: mark };
  const content = Buffer.from(mark);
  // Of a content that is not sent, another may have been: that of the same authority is had, of the same store.
  const attachments = stores.map((store) => anAttachment(Buffer.from(store.mark), { fileUrl: 'http://example.com/' }));
  const put = { method: 'PUT', headers: { 'content-type': 'text/plain' } };
  return [
    postOf(aDated(uuidOf(1), { actor, object })),
    postOf(aDated(uuidOf(2), { actor, result: { response: mark.repeat(40 * 1024) } })),
    attachedPost(aDated(uuidOf(3), { actor, attachments }), [content]),
    { ...put, path: '/activities/state', query: { ...OWNER, stateId: 'small' }, body: mark },
    { ...put, path: '/activities/state', query: { ...OWNER, stateId: 'large' }, body: mark + LARGE },
  ];
}

function get(path: TenantRequest['path'], query: TenantRequest['query']): TenantRequest {
  return { path, method: 'GET', query };
}

const READS: Readonly<Record<string, TenantRequest>> = {
  'a statement': get('/statements', { statementId: uuidOf(1), format: 'canonical' }),
  'a large statement': get('/statements', { statementId: uuidOf(2) }),
  'an attachment': get('/statements', { statementId: uuidOf(3), attachments: 'true' }),
  statements: get('/statements', { agent: JSON.stringify(AGENT), limit: '1' }),
  'a document': get('/activities/state', { ...OWNER, stateId: 'small' }),
  'a large document': get('/activities/state', { ...OWNER, stateId: 'large' }),
  'an activity': get('/activities', { activityId: ACTIVITY.id }),
  'a person': get('/agents', { agent: JSON.stringify(AGENT) }),
};

describe.each(Object.entries(READS))('%s of stores with ids that are much alike', (_, request) => {
  it('is read by its own store, and by no other', async () => {
    for (const { id, mark, send } of stores) {
      const { status, body } = await send(request);
      const found = [...new Set(body.match(/mark-\d+-/gu))];
      expect({ id, status, found }).toEqual({ id, status: 200, found: [mark] });
    }
  });
});

describe.each(DOTTED_IDS)('a store with the id %o', (id) => {
  it('neither keeps nor reads an attachment, rather than that of another store', async () => {
    const send = sender(functions, keyOf(id));
    const contents = stores.map(({ mark }) => Buffer.from(mark));
    const attachments = contents.map((content) => anAttachment(content, { fileUrl: 'http://example.com/' }));
    expect(await send(attachedPost(aDated(uuidOf(3), { attachments }), contents))).toMatchObject({ status: 500 });
    expect(await send(postOf(aDated(uuidOf(3), { attachments })))).toMatchObject({ status: 200 });
    const answer = await send(READS['an attachment'] ?? get('/statements', {}));
    expect(answer).toMatchObject({ status: 500, body: expect.not.stringContaining('mark-') });
  });
});

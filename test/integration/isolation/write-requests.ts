import { etagOf } from '#xapi/document/etag.ts';
import { type Agent, type Statement, type StatementRef, VOIDING_VERB } from '#xapi/statement/statement.ts';
import { anAttachment } from '#test/support/signed-statements.ts';
import { uuidOf } from '#test/support/statement-drafts.ts';
import { anAgent } from '#test/support/statements.ts';
import {
  aDated,
  attachedPost,
  type FilledStore,
  postOf,
  putOf,
  type StoredDocument,
} from '#test/integration/isolation/filled-store.ts';
import type { TenantRequest } from '#test/integration/isolation/tenants.ts';

/** A request that changes something, or is refused with this status. */
interface Write {
  readonly request: TenantRequest;
  readonly status: number;
}

/** What a store does that knows each id of another, step by step. */
export const PHASES: Readonly<Record<string, (other: FilledStore) => readonly Write[]>> = {
  'names what another has': (other) => [...references(other), ...conditions(other)],
  'has its own under the ids of another': (other) => [
    ...ownStatements(other),
    ...ownContents(other),
    ...ownDocuments(other),
  ],
  'deletes its own under the ids of another': deletions,
};

/** In a store without these statements all of them wait. */
function references({ ids, contents }: FilledStore): readonly Write[] {
  const [alone = Buffer.of(), withUrl = Buffer.of()] = contents;
  const fileUrl = 'http://example.com/file-of-a';
  return [
    ...ids.map((id, index) => ok(postOf(aDated(uuidOf(0xa00 + index), { object: referenceTo(id) })))),
    ...ids
      .slice(0, 4)
      .map((id, index) =>
        ok(postOf(aDated(uuidOf(0xa40 + index), { object: referenceTo(id), verb: { id: VOIDING_VERB } }))),
      ),
    ok(postOf(aDated(uuidOf(0xa80), { attachments: [anAttachment(alone, { fileUrl })] }))),
    ok(postOf(aDated(uuidOf(0xa81), { attachments: [anAttachment(withUrl, { fileUrl })] }))),
    { request: postOf(aDated(uuidOf(0xa82), { attachments: [anAttachment(alone)] })), status: 400 },
  ];
}

function conditions({ documents }: FilledStore): readonly Write[] {
  return documents.flatMap((document) =>
    ['PUT', 'POST', 'DELETE'].flatMap((method) =>
      [etagOf(Buffer.from(document.content)), '*'].map((tag) => ({
        request: withHeaders({ ...putOf(document), method }, { 'if-match': tag }),
        status: 412,
      })),
    ),
  );
}

/** Other contents; those that its own statements void are voided as they arrive. */
function ownStatements({ ids, richIds, manyIds, activities, agents }: FilledStore): readonly Write[] {
  const definition = { name: { en: 'As A calls it' }, description: { en: 'As A describes it' } };
  return [
    ...ids.map((id) => done(putStatement(aDated(id, { actor: anAgent('ann') })))),
    ...richIds.flatMap((id) => [
      done(putStatement(aDated(id, { actor: anAgent('ann') }))),
      { request: putStatement(aDated(id, { actor: anAgent('somebody-else') })), status: 409 },
    ]),
    ok(postOf(manyIds.map((id) => aDated(id, { actor: anAgent(ids.includes(id) ? 'ann' : 'many') })))),
    ok(postOf(activities.map((id, index) => aDated(uuidOf(0xb00 + index), { object: { id, definition } })))),
    ok(postOf(agents.map((agent, index) => aDated(uuidOf(0xb40 + index), { actor: renamed(agent) })))),
  ];
}

/** @param agent JSON */
function renamed(agent: string): Agent {
  const identifier: Agent = JSON.parse(agent);
  return { ...identifier, name: 'As A knows them' };
}

function ownContents({ contents }: FilledStore): readonly Write[] {
  return contents.map((content, index) =>
    ok(attachedPost(aDated(uuidOf(0xc00 + index), { attachments: [anAttachment(content)] }), [content])),
  );
}

/** Until it has a content of the other: then both have the same ETag. */
function ownDocuments({ documents }: FilledStore): readonly Write[] {
  return documents.flatMap((document) => {
    const etag = etagOf(Buffer.from(document.content));
    return [
      done(withHeaders(putOf(ofA(document, 'put')), { 'if-none-match': '*' })),
      done({ ...putOf(ofA(document, 'posted')), method: 'POST' }),
      done(withHeaders(putOf(document), { 'if-none-match': etag })),
      { request: putOf(document), status: 409 },
      done(withHeaders(putOf(ofA(document, 'replaced')), { 'if-match': etag })),
    ];
  });
}

/** All state of an owner at once, too. */
function deletions({ documents }: FilledStore): readonly Write[] {
  const texts = documents.filter(({ type }) => type === 'text/plain');
  const states = documents.filter(({ path }) => path === '/activities/state');
  return [
    ...texts.map((document) => done({ ...putOf(document), method: 'DELETE' })),
    ...states.toReversed().map(({ path, owner }) => done({ path, method: 'DELETE', query: owner })),
    ...documents.map((document) => done({ ...putOf(document), method: 'DELETE' })),
  ];
}

function ofA(document: StoredDocument, name: string): StoredDocument {
  return { ...document, type: 'application/json', content: JSON.stringify({ of: 'A', [name]: true }) };
}

function referenceTo(id: string): StatementRef {
  return { objectType: 'StatementRef', id };
}

function putStatement(statement: Statement): TenantRequest {
  return { ...postOf(statement), method: 'PUT', query: { statementId: statement.id ?? '' } };
}

function withHeaders(request: TenantRequest, headers: Readonly<Record<string, string>>): TenantRequest {
  return { ...request, headers: { ...request.headers, ...headers } };
}

function ok(request: TenantRequest): Write {
  return { request, status: 200 };
}

function done(request: TenantRequest): Write {
  return { request, status: 204 };
}

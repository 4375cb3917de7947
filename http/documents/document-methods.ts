import { type ChangeDeps, changeDocument } from '#http/documents/change-document.ts';
import { type DocumentRules, readScope } from '#http/documents/document-rules.ts';
import { readDocument } from '#http/documents/read-document.ts';
import type { MethodHandler, MethodHandlers } from '#http/methods.ts';
import { timestampParameter } from '#http/parameters/parameter-values.ts';
import { readParameters, requireParameter } from '#http/parameters/read-parameters.ts';
import { httpDate, NO_CONTENT, type Reply, taggedJsonReply } from '#http/reply.ts';
import type { AuthorizedResourceDeps } from '#http/resource.ts';
import type { AuthorizedRequest } from '#http/request.ts';
import type { Document, DocumentKey, DocumentList, DocumentStore } from '#storage/document-store.ts';
import { Turns } from '#storage/turns.ts';
import { etagOf } from '#xapi/document/etag.ts';
import { type DocumentContent, mergeDocument } from '#xapi/document/merge-document.ts';
import { XapiError } from '#xapi/errors.ts';

export interface DocumentsDeps extends AuthorizedResourceDeps {
  readonly documents: DocumentStore;
}

type MethodDeps = Pick<DocumentsDeps, 'documents' | 'now'> & Pick<ChangeDeps, 'turns'>;

/** What all document resources do alike (xAPI 1.0.3, Communication 2.2). */
export function documentMethods(
  rules: DocumentRules,
  { documents, now }: DocumentsDeps,
): MethodHandlers<AuthorizedRequest> {
  const deps = { documents, now, turns: new Turns() };
  return {
    GET: getDocuments(rules, deps),
    PUT: putDocument(rules, deps),
    POST: postDocument(rules, deps),
    DELETE: deleteDocuments(rules, deps),
  };
}

/** One document, or without its id the ids of all, or of those changed after `since`. */
function getDocuments(rules: DocumentRules, { documents }: MethodDeps): MethodHandler<AuthorizedRequest> {
  const { idParameter, ownerParameters } = rules;
  return async (request) => {
    const { parameters, version } = request;
    const single = parameters.some(({ name }) => name === idParameter);
    const values = readParameters(parameters, [...ownerParameters, single ? idParameter : 'since']);
    const scope = readScope(rules, values, request, 'read');
    const id = values[idParameter];
    if (id !== undefined) return documentReply(await documents.get({ ...scope, id }));
    const since = values.since === undefined ? undefined : timestampParameter('since', values.since, version);
    return listReply(await documents.list(scope, since));
  };
}

function listReply({ ids, updated }: DocumentList): Reply {
  return taggedJsonReply(JSON.stringify(ids), updated === undefined ? {} : { 'Last-Modified': httpDate(updated) });
}

function documentReply(document: Document | undefined): Reply {
  if (document === undefined) {
    throw new XapiError({
      code: 'document-not-found',
      message: 'There is no such document.',
      section: 'xAPI 1.0.3, Communication 2.2; xAPI 2.0, 4.1.5',
    });
  }
  const { contentType, content, etag, updated } = document;
  const headers = { 'Content-Type': contentType, ETag: etag, 'Last-Modified': httpDate(updated) };
  return { status: 200, headers, body: content };
}

/** Stores a document in the place of the one there is, if the preconditions hold. */
function putDocument(rules: DocumentRules, deps: MethodDeps): MethodHandler<AuthorizedRequest> {
  return async (request) => {
    const key = readKey(rules, request);
    const document = stored(readDocument(request), deps.now());
    await changeDocument(deps, key, { ...request, method: 'PUT' }, (_, condition) =>
      deps.documents.put(key, document, condition),
    );
    return NO_CONTENT;
  };
}

/** Merges a JSON object into the one there is, or stores what there is none of yet. */
function postDocument(rules: DocumentRules, deps: MethodDeps): MethodHandler<AuthorizedRequest> {
  return async (request) => {
    const key = readKey(rules, request);
    const sent = readDocument(request);
    await changeDocument(deps, key, { ...request, method: 'POST' }, (current, condition) =>
      deps.documents.put(key, stored(mergeDocument(current, sent), deps.now()), condition),
    );
    return NO_CONTENT;
  };
}

function deleteDocuments(rules: DocumentRules, deps: MethodDeps): MethodHandler<AuthorizedRequest> {
  const { idParameter, ownerParameters, deletesAll } = rules;
  return async (request) => {
    const { parameters } = request;
    if (deletesAll && !parameters.some(({ name }) => name === idParameter)) {
      const values = readParameters(parameters, ownerParameters);
      await deps.documents.deleteAll(readScope(rules, values, request, 'write'));
      return NO_CONTENT;
    }
    const key = readKey(rules, request);
    await changeDocument(deps, key, { ...request, method: 'DELETE' }, (_, condition) =>
      deps.documents.delete(key, condition),
    );
    return NO_CONTENT;
  };
}

/** Of a document that is to be changed. */
function readKey(rules: DocumentRules, request: AuthorizedRequest): DocumentKey {
  const { idParameter, ownerParameters } = rules;
  const values = readParameters(request.parameters, [...ownerParameters, idParameter]);
  const scope = readScope(rules, values, request, 'write');
  return { ...scope, id: requireParameter(values, idParameter) };
}

function stored({ contentType, content }: DocumentContent, updated: number): Document {
  return { contentType, content, etag: etagOf(content), updated };
}

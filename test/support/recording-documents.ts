import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { DocumentResource } from '#storage/document-store.ts';
import type { RecordedFunction, Scenario } from '#test/support/recording-function.ts';

/** Bytes, beyond what travels in an item. */
const LARGE = 40_000;

export interface DocumentsOf {
  readonly resource: DocumentResource;
  readonly idParameter: 'stateId' | 'profileId';
  readonly owner: Readonly<Record<string, string>>;
}

/**
 * @returns the status of the answer.
 * @param id of all documents of the owner when absent
 */
type Change = (
  method: string,
  id?: string,
  more?: { body?: string; headers?: Record<string, string> },
) => Promise<number>;

function changesOf({ idParameter, owner }: DocumentsOf, { send }: RecordedFunction): Change {
  return async (method, id, { body, headers = {} } = {}) => {
    const query = { ...owner, ...(id !== undefined && { [idParameter]: id }) };
    const typed = { 'content-type': 'application/json', ...headers };
    const { statusCode } = await send({ method, query, headers: typed, ...(body !== undefined && { body }) });
    return statusCode ?? 0;
  };
}

const ABSENT = { headers: { 'if-none-match': '*' } };
const PRESENT = { headers: { 'if-match': '*' } };

/** Small and large documents: put, merged, read, listed, replaced and deleted, and all of it while somebody else is faster. */
export function documentsScenario(documents: DocumentsOf): Scenario {
  return async (recorded) => {
    const change = changesOf(documents, recorded);
    for (const body of ['{"a":1}', largeDocument()]) {
      expect(await change('GET', 'one')).toBe(404);
      expect(await change('PUT', 'one', { ...ABSENT, body })).toBe(204);
      expect(await change('PUT', 'one', { ...ABSENT, body })).toBe(412);
      expect(await change('POST', 'one', { body: '{"b":2}' })).toBe(204);
      expect(await change('GET', 'one')).toBe(200);
      expect(await change('PUT', 'one', { ...PRESENT, body: largeDocument() })).toBe(204);
      expect(await change('GET')).toBe(200);
      expect(await change('DELETE', 'one', PRESENT)).toBe(204);
      expect(await change('DELETE', 'one')).toBe(204);
    }
    await racedDocument(documents, recorded, change);
  };
}

/** A document whose object is gone when it is read, because it has just been replaced, and one merged too late. */
async function racedDocument(documents: DocumentsOf, { recorder }: RecordedFunction, change: Change): Promise<void> {
  const replace = async (): Promise<void> => {
    expect(await change('PUT', 'raced', { ...PRESENT, body: largeDocument() })).toBe(204);
  };
  expect(await change('PUT', 'raced', { ...ABSENT, body: largeDocument() })).toBe(204);
  recorder.meanwhile(
    ({ action, resource }) => action === 's3:GetObject' && resource.includes(`/${documents.resource}/`),
    replace,
  );
  expect(await change('GET', 'raced')).toBe(200);
  recorder.meanwhile(({ action }) => action === 'dynamodb:PutItem', replace);
  expect(await change('POST', 'raced', { body: largeDocument() })).toBe(204);
}

/** Documents with and without a registration, and the deletion of many of them. */
export function statesScenario(documents: DocumentsOf): Scenario {
  return async (recorded, installation) => {
    await documentsScenario(documents)(recorded, installation);
    const registration = '8f2b2f52-1111-4c1b-9dd7-0a9d4bac1234';
    const registered = { ...documents, owner: { ...documents.owner, registration } };
    for (const change of [changesOf(registered, recorded), changesOf(documents, recorded)]) {
      const ids = Array.from({ length: 30 }, (_, index) => `state-${index}`);
      for (const id of ids) expect(await change('PUT', id, { body: '{}' })).toBe(204);
      expect(await change('PUT', 'large', { body: largeDocument() })).toBe(204);
      expect(await change('GET')).toBe(200);
      expect(await change('DELETE')).toBe(204);
      expect(await change('GET', 'large')).toBe(404);
    }
  };
}

function largeDocument(): string {
  return JSON.stringify({ text: randomBytes(LARGE).toString('hex') });
}

import type { AuthorizedRequest } from '#http/request.ts';
import type { Document, DocumentCondition, DocumentKey, DocumentStore } from '#storage/document-store.ts';
import type { Turns } from '#storage/turns.ts';
import { type DocumentChange, writeCondition } from '#xapi/document/preconditions.ts';
import { XapiError } from '#xapi/errors.ts';

/** Of many processes that write at once, each round of writes lets one through. */
const ATTEMPTS = 100;

export interface ChangeDeps {
  readonly documents: Pick<DocumentStore, 'get'>;
  /** Shared by all who change these documents in this process: else each would make most of the others try again. */
  readonly turns: Turns;
}

type Change = Pick<AuthorizedRequest, 'version' | 'headers'> & Pick<DocumentChange, 'method'>;

/** Writes under the condition. @returns false, having changed nothing, when it did not hold at the write. */
type Write = (current: Document | undefined, condition: DocumentCondition) => Promise<boolean>;

/**
 * Changes a document if the preconditions of the request hold, at the very moment of the write: when somebody else
 * was faster, they are evaluated again (xAPI 1.0.3, Communication 3.1).
 */
export async function changeDocument(
  { documents, turns }: ChangeDeps,
  key: DocumentKey,
  change: Change,
  write: Write,
): Promise<void> {
  const preconditions = preconditionsOf(change, key);
  if (needsNoRead(preconditions) && (await write(undefined, writeCondition(preconditions, undefined)))) return;
  await turns.take(JSON.stringify(key), () => changeWhatIsThere(documents, key, preconditions, write));
}

async function changeWhatIsThere(
  documents: ChangeDeps['documents'],
  key: DocumentKey,
  preconditions: DocumentChange,
  write: Write,
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const current = await documents.get(key);
    if (await write(current, writeCondition(preconditions, current?.etag))) return;
  }
  const message = 'Too many requests change the document at the same time; send it again.';
  throw new XapiError({ code: 'overloaded', message }, { retryAfter: 1 });
}

function preconditionsOf({ version, headers, method }: Change, { resource }: DocumentKey): DocumentChange {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  return {
    version,
    resource,
    method,
    ...(ifMatch !== undefined && { ifMatch }),
    ...(ifNoneMatch !== undefined && { ifNoneMatch }),
  };
}

/** Such a change is tried as if there were no document, and the condition of the write tells whether there is one. */
function needsNoRead({ resource, method, ifMatch, ifNoneMatch }: DocumentChange): boolean {
  if (method === 'POST' || ifMatch !== undefined) return false;
  return resource === 'state' || method === 'DELETE' || ifNoneMatch !== undefined;
}

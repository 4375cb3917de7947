import { entityTags, matchesTag } from '#xapi/document/entity-tags.ts';
import { XapiError, type Problem } from '#xapi/errors.ts';
import type { XapiVersion } from '#xapi/version.ts';

export type DocumentResource = 'state' | 'activity-profile' | 'agent-profile';

/** The part of a request to a document resource that decides whether it may change the document. */
export interface DocumentChange {
  readonly version: XapiVersion;
  readonly resource: DocumentResource;
  readonly method: 'PUT' | 'POST' | 'DELETE';
  /** As in the header. */
  readonly ifMatch?: string;
  /** As in the header. */
  readonly ifNoneMatch?: string;
}

/** What must still hold at the moment of the write: the document has this ETag, there is none, or nothing. */
export type DocumentCondition = { readonly etag: string } | 'absent' | undefined;

/**
 * Evaluates the preconditions of a change (xAPI 1.0.3, Communication 3.1; xAPI 2.0, 4.1.4; RFC 9110, 13.2.2).
 *
 * @param current the ETag of the document now, with its quotes; undefined when there is none
 * @returns the condition under which to write. When it no longer holds at the write, evaluate again.
 * @throws XapiError `precondition-failed`; `precondition-required` for a PUT that would replace a document unseen;
 *   `header-invalid` for a header without an ETag, or for a header that has to be there
 */
export function writeCondition(change: DocumentChange, current: string | undefined): DocumentCondition {
  const ifMatch = entityTags('If-Match', change.ifMatch);
  const ifNoneMatch = entityTags('If-None-Match', change.ifNoneMatch);
  if (ifMatch !== undefined && !matchesTag(ifMatch, current)) throw notMatched(current);
  if (ifNoneMatch !== undefined && matchesTag(ifNoneMatch, current)) throw matchedUnexpectedly(current);
  const unconditional = ifMatch === undefined && ifNoneMatch === undefined;
  if (unconditional && needsPrecondition(change)) {
    if (current !== undefined) throw required(current);
    if (change.version === '1.0.3') throw missing();
  }
  if (unconditional && !needsPrecondition(change) && change.method !== 'POST') return undefined;
  return current === undefined ? 'absent' : { etag: current };
}

/** State may be replaced without precondition in 1.0.3 (Communication 3.1), no longer in 2.0 (4.1.4). */
function needsPrecondition({ version, resource, method }: DocumentChange): boolean {
  return method === 'PUT' && (resource !== 'state' || version === '2.0.0');
}

function notMatched(current: string | undefined): XapiError {
  return refusal('precondition-failed', {
    message:
      current === undefined
        ? 'If-Match names a document that does not exist.'
        : 'The document has changed: its ETag is not the one in If-Match.',
    path: 'If-Match',
    expected: current ?? 'no If-Match, as there is no document',
  });
}

function matchedUnexpectedly(current: string | undefined): XapiError {
  return refusal('precondition-failed', {
    message: 'The document exists already, with an ETag that If-None-Match excludes.',
    path: 'If-None-Match',
    expected: `If-Match: ${current}`,
  });
}

function required(current: string): XapiError {
  return refusal('precondition-required', {
    message:
      'The document exists already: check its current state, then send its ETag as If-Match to replace it, ' +
      'or If-None-Match: * to create only.',
    path: 'If-Match',
    expected: current,
  });
}

/** Version 1.0.3 wants a precondition even where there is nothing to replace (Communication 3.1); 2.0 does not. */
function missing(): XapiError {
  return new XapiError({
    code: 'header-invalid',
    message: 'A PUT to a profile says what it expects to replace: If-None-Match: * for nothing, or If-Match.',
    path: 'If-None-Match',
    expected: 'If-Match or If-None-Match',
    section: 'xAPI 1.0.3, Communication 3.1',
  });
}

function refusal(
  code: 'precondition-failed' | 'precondition-required',
  problem: Omit<Problem, 'code' | 'section'>,
): XapiError {
  return new XapiError({ code, section: 'xAPI 1.0.3, Communication 3.1; xAPI 2.0, 4.1.4', ...problem });
}

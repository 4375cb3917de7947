import { etagOf } from '#xapi/document/etag.ts';
import type { ErrorCode } from '#xapi/errors.ts';

/** What the log is told of an answer, beside what the client is. */
export interface ReplyFacts {
  /** Of the error. */
  readonly code?: ErrorCode | 'internal-error';
  /** Statements that were not there before. */
  readonly stored?: number;
  /** Statements in the answer. */
  readonly returned?: number;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Text is sent as UTF-8. */
  readonly body?: string | Uint8Array;
  readonly facts?: ReplyFacts;
}

export const NO_CONTENT: Reply = { status: 204, headers: {} };

/** @param text JSON, already written. */
export function jsonReply(text: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 200, headers: { 'Content-Type': 'application/json', ...headers }, body: text };
}

/** With the ETag that what is read of documents, agents and activities carries (xAPI 1.0.3, Communication 3.1). */
export function taggedJsonReply(text: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return jsonReply(text, { ETag: etagOf(Buffer.from(text)), ...headers });
}

/** For `Last-Modified`, which has whole seconds (RFC 9110, 5.6.7). @param milliseconds since 1970 */
export function httpDate(milliseconds: number): string {
  return new Date(milliseconds).toUTCString();
}

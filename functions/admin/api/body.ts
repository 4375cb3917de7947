import { ADMIN_FORMAT_NAMES } from '#access/admin-formats.ts';
import { parseMediaType } from '#http/media-type.ts';
import type { HttpRequest } from '#http/request.ts';
import type { Validator } from '#schemas/generated/admin-validators.js';
import { XapiError } from '#xapi/errors.ts';
import { decodeUtf8 } from '#xapi/json/decode-utf8.ts';
import { parseJson } from '#xapi/json/parse-json.ts';
import { repeatedMember } from '#xapi/json/repeated-member.ts';
import { shorten } from '#xapi/shorten.ts';
import { schemaViolation } from '#xapi/statement/schema-violation.ts';

/** Bytes: what is managed fits an item of the Registry, and a page of it an answer. */
const BODY_LIMIT = 16 * 1024;

/** How an operation reads what was sent. */
export interface BodyReader<Body> {
  /** File in `schemas/admin/`; absent: there is no body. */
  readonly schema?: string;
  readonly optional?: boolean;
  /** @throws XapiError `body-invalid`, `content-type-unsupported`, `request-too-large` */
  readonly read: (request: HttpRequest) => Body;
}

export const NO_BODY: BodyReader<undefined> = { read: () => undefined };

/** @param isBody compiled from the schema of that name */
export function jsonBody<Body>(schema: string, isBody: Validator<Body>): BodyReader<Body> {
  return { schema, read: (request) => readJson(request, isBody) };
}

/** @param fallback what no body at all stands for */
export function optionalBody<Body>(schema: string, isBody: Validator<Body>, fallback: Body): BodyReader<Body> {
  const read = (request: HttpRequest): Body => (request.body.length === 0 ? fallback : readJson(request, isBody));
  return { schema, optional: true, read };
}

function readJson<Body>({ headers, body }: HttpRequest, isBody: Validator<Body>): Body {
  const { type } = parseMediaType(headers['content-type']);
  if (type !== 'application/json') throw notJson(headers['content-type']);
  if (body.length > BODY_LIMIT) throw tooLarge();
  const text = decodeUtf8(body);
  const { value } = parseJson(text);
  const repeated = repeatedMember(text);
  if (repeated !== undefined) throw comesTwice(repeated);
  if (isBody(value)) return value;
  const { message, path, expected, received } = schemaViolation(isBody.errors ?? [], value, '$', ADMIN_FORMAT_NAMES);
  throw new XapiError({
    code: 'body-invalid',
    message,
    path,
    expected,
    received: received === undefined ? 'nothing' : shorten(received),
  });
}

/** Who looked over the request may have taken the other one for what counts (RFC 8259, 4). */
function comesTwice(name: string): XapiError {
  return new XapiError({
    code: 'body-invalid',
    message: 'An object in the body has the same member more than once.',
    expected: 'each member once',
    received: shorten(name),
  });
}

function notJson(received = ''): XapiError {
  const expected = 'application/json';
  const message = `The body has to be ${expected}.`;
  return new XapiError({
    code: 'content-type-unsupported',
    message,
    path: 'Content-Type',
    expected,
    received: shorten(received),
  });
}

function tooLarge(): XapiError {
  const expected = `at most ${BODY_LIMIT / 1024} KiB`;
  return new XapiError({
    code: 'request-too-large',
    message: `The body is larger than ${BODY_LIMIT / 1024} KiB.`,
    expected,
  });
}

import type { HttpRequest } from '#http/request.ts';
import type { DocumentContent } from '#xapi/document/merge-document.ts';
import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';

/** Bytes: what fits an answer. */
const LIMIT = 4 * 1024 * 1024;

/** xAPI 1.0.3, Communication 2.2. */
const DEFAULT_TYPE = 'application/octet-stream';

/** What a header's value may hold when the document is given back, in an answer whose head is bounded, too. */
const PLAIN = /^[\t\x20-\x7e]{0,1024}$/u;

/** The document in the body of a PUT or POST: anything (xAPI 1.0.3, Communication 2.2). */
export function readDocument({ headers, body }: HttpRequest): DocumentContent {
  const contentType = headers['content-type'] ?? DEFAULT_TYPE;
  if (!PLAIN.test(contentType)) throw invalidType(contentType);
  if (body.length > LIMIT) throw tooLarge();
  return { contentType, content: body };
}

function invalidType(contentType: string): XapiError {
  return new XapiError({
    code: 'header-invalid',
    message: 'The content type is none that a header can give back.',
    path: 'Content-Type',
    expected: 'at most 1,024 characters of printable ASCII',
    received: shorten(contentType),
  });
}

function tooLarge(): XapiError {
  const limit = `${LIMIT / 1024 / 1024} MiB`;
  return new XapiError({
    code: 'request-too-large',
    message: `The document is larger than ${limit}.`,
    expected: `at most ${limit}`,
    section: 'xAPI 1.0.3, Communication 3.2; xAPI 2.0, 4.1.5',
  });
}

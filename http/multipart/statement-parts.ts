import { parseMediaType } from '#http/media-type.ts';
import { checkNumber, parseMultipart, type Part } from '#http/multipart/parse-multipart.ts';
import { splitJoinedParts } from '#http/multipart/split-joined-parts.ts';
import type { AttachmentPart } from '#xapi/attachment/pair-attachments.ts';
import { type Problem, XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';

const SECTION = 'xAPI 1.0.3, Communication 1.5.2; xAPI 2.0, 4.1.3';

/** RFC 2046, 5.1.1. */
const BOUNDARY = /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/u;

/**
 * Takes a request with attachments apart: the first part holds the statements, every other one an attachment
 * (xAPI 1.0.3, Communication 1.5.2).
 *
 * @throws XapiError `body-invalid`, `attachment-invalid`, `header-invalid`
 */
export function readStatementParts(
  body: Uint8Array,
  boundary: string | undefined,
): { readonly json: Uint8Array; readonly parts: readonly AttachmentPart[] } {
  if (boundary === undefined || !BOUNDARY.test(boundary)) throw invalidBoundary(boundary);
  const [first, ...others] = parseMultipart(body, boundary);
  if (parseMediaType(first?.headers['content-type']).type !== 'application/json' || first === undefined) {
    throw new XapiError({
      code: 'body-invalid',
      message: 'The first part of the body, which holds the statements, is not of the type application/json.',
      path: 'Content-Type',
      expected: 'application/json',
      received: shorten(first?.headers['content-type'] ?? ''),
      section: SECTION,
    });
  }
  const attachments = others.flatMap((part) => splitJoinedParts(part, boundary));
  checkNumber(attachments);
  return { json: first.content, parts: attachments.map(readAttachmentPart) };
}

function readAttachmentPart({ headers, content }: Part, index: number): AttachmentPart {
  const name = `Part ${index + 2} of the request`;
  const sha2 = headers['x-experience-api-hash'];
  if (sha2 === undefined) {
    throw invalidPart({ message: `${name} has no header X-Experience-API-Hash.`, path: 'X-Experience-API-Hash' });
  }
  const encoding = headers['content-transfer-encoding'];
  if (encoding?.toLowerCase() !== 'binary') {
    throw invalidPart({
      message: `${name} does not say that its content is binary.`,
      path: 'Content-Transfer-Encoding',
      expected: 'binary',
      received: shorten(encoding ?? ''),
    });
  }
  return { sha2, contentType: headers['content-type'] ?? '', content };
}

function invalidPart(problem: Omit<Problem, 'code' | 'section'>): XapiError {
  return new XapiError({ code: 'attachment-invalid', section: SECTION, ...problem });
}

function invalidBoundary(boundary: string | undefined): XapiError {
  return new XapiError({
    code: 'header-invalid',
    message: 'The Content-Type multipart/mixed has no boundary, or one that is not allowed.',
    path: 'Content-Type',
    expected: 'boundary=, 1 to 70 of the characters RFC 2046 permits',
    ...(boundary !== undefined && { received: shorten(boundary) }),
    section: `${SECTION}; RFC 2046, 5.1.1`,
  });
}

import type { Headers } from '#http/request.ts';
import { parsePartHeaders } from '#http/multipart/part-headers.ts';
import { asBuffer } from '#storage/as-buffer.ts';
import { XapiError } from '#xapi/errors.ts';

export interface Part {
  readonly headers: Headers;
  readonly content: Uint8Array;
}

/** More parts than any array of statements that fits a request could refer to in earnest. */
const PART_LIMIT = 1_000;

const CRLF = '\r\n';
const SPACE = 0x20;
const TAB = 0x09;

/**
 * Splits a body of type `multipart/*` into its parts (RFC 2046, 5.1.1). Lines end with CRLF: a bare LF is content, as
 * is a boundary within a line. What stands before the first boundary and after the last is ignored.
 *
 * @throws XapiError `body-invalid`
 */
export function parseMultipart(body: Uint8Array, boundary: string): readonly Part[] {
  const bytes = asBuffer(body);
  const parts: Part[] = [];
  let delimiter = findDelimiter(bytes, boundary, 0);
  if (delimiter === undefined) throw invalid('The body does not contain the boundary its Content-Type announces.');
  while (!delimiter.last) {
    const next = findDelimiter(bytes, boundary, delimiter.end);
    if (next === undefined) throw invalid('The last boundary, the one with two hyphens behind it, is missing.');
    parts.push(parsePart(bytes.subarray(delimiter.end, next.start), parts.length));
    checkNumber(parts);
    delimiter = next;
  }
  return parts;
}

/** @throws XapiError `body-invalid` */
export function checkNumber(parts: readonly Part[]): void {
  if (parts.length > PART_LIMIT) throw invalid(`The body has more than ${PART_LIMIT} parts.`);
}

interface Delimiter {
  /** Where the content before it ends. */
  readonly start: number;
  /** Where its line ends: the CRLF belongs to the part behind it, whose headers may be empty. */
  readonly end: number;
  readonly last: boolean;
}

function findDelimiter(bytes: Buffer, boundary: string, from: number): Delimiter | undefined {
  const dashed = `--${boundary}`;
  if (from === 0 && bytes.indexOf(dashed) === 0) {
    const first = delimiterAt(bytes, 0, dashed.length);
    if (first !== undefined) return first;
  }
  const line = `${CRLF}${dashed}`;
  for (let start = bytes.indexOf(line, from); start !== -1; start = bytes.indexOf(line, start + 1)) {
    const delimiter = delimiterAt(bytes, start, start + line.length);
    if (delimiter !== undefined) return delimiter;
  }
  return undefined;
}

/** @param after where the boundary ends; undefined when it is only the beginning of something longer. */
function delimiterAt(bytes: Buffer, start: number, after: number): Delimiter | undefined {
  const last = bytes.toString('latin1', after, after + 2) === '--';
  let end = last ? after + 2 : after;
  while (bytes[end] === SPACE || bytes[end] === TAB) end += 1;
  const ends = bytes.toString('latin1', end, end + 2) === CRLF || (last && end === bytes.length);
  return ends ? { start, end, last } : undefined;
}

/** @param bytes from the CRLF that ends the boundary's line. */
export function parsePart(bytes: Buffer, index: number): Part {
  const blank = bytes.indexOf(CRLF + CRLF);
  if (blank === -1) throw invalid(`Part ${index} has no empty line between its headers and its content.`);
  const headers = parsePartHeaders(bytes.toString('latin1', CRLF.length, blank), index);
  return { headers, content: bytes.subarray(blank + 2 * CRLF.length) };
}

function invalid(message: string): XapiError {
  return new XapiError({
    code: 'body-invalid',
    message,
    expected: 'a body of type multipart/mixed',
    section: 'xAPI 1.0.3, Communication 1.5.2; xAPI 2.0, 4.1.3; RFC 2046, 5.1.1',
  });
}

import type { Part } from '#http/multipart/parse-multipart.ts';
import { asBuffer } from '#storage/as-buffer.ts';

const CRLF = '\r\n';

/** What a header's value may hold: a line end in it would begin another header, and each part has little room for its head. */
const PLAIN = /^[\t\x20-\x7e]{0,200}$/u;

export interface Multipart {
  /** For `Content-Type`. */
  readonly boundary: string;
  readonly body: Uint8Array;
}

/**
 * Writes parts one after the other (RFC 2046, 5.1.1). A header whose value is long or not printable ASCII is
 * left out.
 *
 * @param drawBoundary gives another one at every call; drawn until one is in no part.
 */
export function writeMultipart(parts: readonly Part[], drawBoundary: () => string): Multipart {
  let boundary = drawBoundary();
  while (parts.some(({ content }) => asBuffer(content).includes(boundary))) boundary = drawBoundary();
  const chunks = parts.flatMap(({ headers, content }) => [
    Buffer.from(`--${boundary}${CRLF}${headerLines(headers)}${CRLF}`),
    content,
    Buffer.from(CRLF),
  ]);
  return { boundary, body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--${CRLF}`)]) };
}

function headerLines(headers: Part['headers']): string {
  const lines = Object.entries(headers).map(([name, value]) =>
    value === undefined || !PLAIN.test(value) ? '' : `${name}: ${value}${CRLF}`,
  );
  return lines.join('');
}

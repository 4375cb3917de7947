import { parsePart, type Part } from '#http/multipart/parse-multipart.ts';
import { asBuffer } from '#storage/as-buffer.ts';
import { hasSha2 } from '#xapi/attachment/sha2.ts';

/**
 * Clients in wide use (TinCanJS, `@xapi/xapi`) put no line end between the content of an attachment and the boundary of
 * the next, which is then in the middle of a line and no boundary by RFC 2046, 5.1.1. Where the content up to there has
 * the hash that its part announces, nothing else can be meant; a well-formed part stays as it is.
 *
 * @throws XapiError `body-invalid` for what follows such a boundary and is no part
 */
export function splitJoinedParts(part: Part, boundary: string): readonly Part[] {
  const dashed = `--${boundary}`;
  const parts: Part[] = [];
  for (let { headers, content } = part; ;) {
    const bytes = asBuffer(content);
    const end = bytes.indexOf(`${dashed}\r\n`);
    const before = bytes.subarray(0, Math.max(end, 0));
    if (end === -1 || !hasSha2(before, headers['x-experience-api-hash'] ?? '')) return [...parts, { headers, content }];
    parts.push({ headers, content: before });
    ({ headers, content } = parsePart(bytes.subarray(end + dashed.length), parts.length));
  }
}

import { createHash } from 'node:crypto';

/** The entity tag of a document: the SHA-1 of its content in hex, with quotes (xAPI 1.0.3, Communication 3.1). */
export function etagOf(content: Uint8Array): string {
  return `"${createHash('sha1').update(content).digest('hex')}"`;
}

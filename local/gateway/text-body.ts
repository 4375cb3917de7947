import { isUtf8 } from 'node:buffer';

const TEXT_TYPE = /^(?:text\/|application\/(?:json|xml|javascript)\s*(?:;|$))/iu;

/**
 * Whether a body travels in the event as text, not as base64. A text in another encoding than UTF-8 does not: it would
 * not arrive as it was sent.
 */
export function isTextBody(body: Buffer, headers: { readonly [name: string]: string | undefined }): boolean {
  return headers['content-encoding'] === undefined && TEXT_TYPE.test(headers['content-type'] ?? '') && isUtf8(body);
}

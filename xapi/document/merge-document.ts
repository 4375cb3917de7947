import { mediaTypeOf } from '#xapi/data-types/media-type.ts';
import { XapiError } from '#xapi/errors.ts';
import { decodeUtf8 } from '#xapi/json/decode-utf8.ts';
import { isJsonObject, type JsonObject } from '#xapi/json/json-value.ts';
import { parseJson } from '#xapi/json/parse-json.ts';
import { shorten } from '#xapi/shorten.ts';

export interface DocumentContent {
  /** As in the header. */
  readonly contentType: string;
  readonly content: Uint8Array;
}

const JSON_TYPE = 'application/json';

/**
 * What a POST makes of a document (xAPI 1.0.3, Communication 2.2): the members of the stored JSON object, those that
 * were sent in their place or besides. A document that is not there yet is stored as sent, but what is said to be JSON
 * has to be an object.
 *
 * @throws XapiError `document-invalid` when either is not a JSON object of type `application/json`
 */
export function mergeDocument(stored: DocumentContent | undefined, sent: DocumentContent): DocumentContent {
  if (stored === undefined) {
    if (isJson(sent)) objectOf(sent, 'sent');
    return sent;
  }
  const merged = { ...objectOf(stored, 'stored'), ...objectOf(sent, 'sent') };
  return { contentType: JSON_TYPE, content: Buffer.from(JSON.stringify(merged)) };
}

function objectOf(document: DocumentContent, name: 'stored' | 'sent'): JsonObject {
  if (!isJson(document)) {
    const message = `The ${name} document is not JSON, so the two cannot be merged; PUT replaces a document.`;
    throw invalid(message, JSON_TYPE, shorten(document.contentType));
  }
  const { exact } = parsed(document, name);
  if (!isJsonObject(exact)) throw invalid(`The ${name} document is not a JSON object.`, 'a JSON object');
  return exact;
}

function parsed({ content }: DocumentContent, name: string): ReturnType<typeof parseJson> {
  try {
    return parseJson(decodeUtf8(content));
  } catch (cause) {
    if (!(cause instanceof XapiError)) throw cause;
    throw invalid(`The ${name} document cannot be read: ${cause.message}`, 'a JSON object', cause.problem.received);
  }
}

function isJson({ contentType }: DocumentContent): boolean {
  return mediaTypeOf(contentType) === JSON_TYPE;
}

function invalid(message: string, expected: string, received?: string): XapiError {
  return new XapiError({
    code: 'document-invalid',
    message,
    expected,
    ...(received !== undefined && { received }),
    section: 'xAPI 1.0.3, Communication 2.2; xAPI 2.0, 4.1.6',
  });
}

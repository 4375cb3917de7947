import { parseMediaType } from '#http/media-type.ts';
import { readStatementParts } from '#http/multipart/statement-parts.ts';
import type { AuthorizedRequest } from '#http/request.ts';
import type { AttachmentPart } from '#xapi/attachment/pair-attachments.ts';
import { XapiError } from '#xapi/errors.ts';
import { decodeUtf8 } from '#xapi/json/decode-utf8.ts';
import type { JsonValue } from '#xapi/json/json-value.ts';
import { parseJson } from '#xapi/json/parse-json.ts';
import { shorten } from '#xapi/shorten.ts';
import type { Statement } from '#xapi/statement/statement.ts';
import { validateStatements } from '#xapi/statement/validate-statement.ts';

export interface SentStatements {
  /** Valid, in the order sent. */
  readonly statements: readonly Statement[];
  /** The same, with numbers a double cannot hold kept as they were written. */
  readonly exact: readonly Statement[];
  readonly isArray: boolean;
  readonly parts: readonly AttachmentPart[];
}

/** Reads and validates the body of a PUT or POST, JSON alone or with attachments (xAPI 1.0.3, Communication 1.5). */
export function readSentStatements({ headers, body, version }: AuthorizedRequest): SentStatements {
  const { json, parts } = readBody(headers['content-type'], body);
  const { value, exact } = parseJson(decodeUtf8(json));
  const statements = validateStatements(value, version);
  return { statements, exact: asStatements(exact), isArray: Array.isArray(value), parts };
}

function readBody(
  contentType: string | undefined,
  body: Uint8Array,
): { readonly json: Uint8Array; readonly parts: readonly AttachmentPart[] } {
  const { type, parameters } = parseMediaType(contentType);
  if (type === 'application/json') return { json: body, parts: [] };
  if (type === 'multipart/mixed') return readStatementParts(body, parameters.get('boundary'));
  throw new XapiError({
    code: 'content-type-unsupported',
    message: 'Statements are sent as JSON, or as multipart/mixed with their attachments.',
    path: 'Content-Type',
    expected: 'application/json or multipart/mixed',
    received: shorten(contentType ?? ''),
    section: 'xAPI 1.0.3, Communication 1.5; xAPI 2.0, 4.1.3',
  });
}

/** @param exact what a valid value was parsed with: the same but for its numbers. */
function asStatements(exact: JsonValue): readonly Statement[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its twin has just been validated
  return (Array.isArray(exact) ? exact : [exact]) as readonly Statement[];
}

import type { JsonObject } from '#xapi/json/json-value.ts';

const TEXT = String.raw`^[^\u0000-\u001f\u007f-\u009f]*$`;

/**
 * What our formats are for programs that know JSON Schema alone: formats of its own, patterns and lengths. Whatever passes
 * one of ours passes what stands here.
 */
export const FORMAT_SCHEMAS: Readonly<Record<string, JsonObject>> = {
  'rfc-3339-timestamp': { format: 'date-time' },
  uuid: { format: 'uuid' },
  iri: { format: 'iri' },
  mbox: { pattern: '^mailto:[^@]+@', maxLength: 1_024 },
  sha1: { pattern: '^[0-9a-fA-F]{40}$' },
  unicode: {},
  'store-id': { pattern: '^[a-z0-9][a-z0-9-]{0,62}$' },
  'new-key': { pattern: '^(?!token$)[A-Za-z0-9][A-Za-z0-9._~@-]{0,127}$' },
  'token-id': { pattern: '^[A-Za-z0-9_-]{1,64}$' },
  label: { pattern: TEXT, minLength: 1, maxLength: 200 },
  'claim-name': { pattern: TEXT, minLength: 1, maxLength: 300 },
  'claim-value': { pattern: TEXT, minLength: 1, maxLength: 300 },
  origin: { pattern: String.raw`^[A-Za-z][A-Za-z0-9+.-]*://[^/?#@\s,]+$` },
  'column-path': { minLength: 1, maxLength: 500 },
  'language-ranges': { pattern: String.raw`^[A-Za-z0-9_\-*;=.,\t ]{1,200}$` },
  'issuer-url': { pattern: String.raw`^https?://[^/?#@\\\s][^?#]*$`, maxLength: 500 },
};

/** @param format of a schema in `schemas/` */
export function formatSchema(format: string): JsonObject {
  const schema = FORMAT_SCHEMAS[format];
  if (schema === undefined) throw new Error(`tools/generate/api/formats.ts does not have the format ${format}.`);
  return schema;
}

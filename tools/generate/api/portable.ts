import { isJsonObject, type JsonObject, type JsonValue } from '#xapi/json/json-value.ts';
import { formatSchema } from './formats.ts';

/** Keywords that say something of texts, and of lists. */
const OF_TEXTS: ReadonlySet<string> = new Set(['format', 'pattern', 'minLength', 'maxLength']);
const OF_LISTS: ReadonlySet<string> = new Set(['items', 'minItems', 'maxItems']);

/**
 * A schema as generators of clients understand it, which knows the same values: `oneOf` for what is of several kinds,
 * formats that all know, and every member with its type.
 *
 * @param refOf for a reference to another file
 */
export function portable(schema: JsonValue, refOf: (ref: string) => string): JsonValue {
  if (Array.isArray(schema)) return schema.map((item) => portable(item, refOf));
  if (!isJsonObject(schema)) return schema;
  const { $comment: _, ...rest } = withType(typedMembers(kindsApart(schema)));
  const members = Object.entries(rest).flatMap(([name, value]): readonly (readonly [string, JsonValue])[] => {
    if (name === '$ref' && typeof value === 'string') return [[name, refOf(value)]];
    if (name === 'format' && typeof value === 'string') return Object.entries(formatSchema(value));
    return [[name, portable(value, refOf)]];
  });
  return Object.fromEntries(members);
}

/** `if` there only tells kinds apart, so that errors are about the kind that was sent. */
function kindsApart(schema: JsonObject): JsonObject {
  const { type, if: _, then: one, else: other, ...rest } = schema;
  if (one !== undefined && other !== undefined) return { ...rest, oneOf: [one, other] };
  return isTextOrList(type) ? textOrList(rest) : schema;
}

function isTextOrList(type: JsonValue | undefined): boolean {
  return Array.isArray(type) && type.includes('string') && type.includes('array');
}

function textOrList(schema: JsonObject): JsonObject {
  const entries = Object.entries(schema);
  const only = (names: ReadonlySet<string>): JsonObject =>
    Object.fromEntries(entries.filter(([name]) => names.has(name)));
  const rest = entries.filter(([name]) => !OF_TEXTS.has(name) && !OF_LISTS.has(name));
  const oneOf = [
    { type: 'string', ...only(OF_TEXTS) },
    { type: 'array', ...only(OF_LISTS) },
  ];
  return { ...Object.fromEntries(rest), oneOf };
}

/** What `allOf` says of members moves to them; the schemas of the xAPI have it apart for the order of their errors. */
function typedMembers(schema: JsonObject): JsonObject {
  const { allOf, ...rest } = schema;
  const { properties } = rest;
  if (!Array.isArray(allOf) || properties === undefined || !isJsonObject(properties)) return schema;
  const said = allOf.flatMap((part) => (isJsonObject(part) ? [part['properties']] : []));
  const typed: Record<string, JsonValue> = { ...properties };
  for (const members of said) if (members !== undefined && isJsonObject(members)) Object.assign(typed, members);
  return { ...rest, properties: typed };
}

/** Values that are texts say so. */
function withType(schema: JsonObject): JsonObject {
  const { type, const: only, enum: values = only === undefined ? [] : [only] } = schema;
  const isText = Array.isArray(values) && values.length > 0 && values.every((value) => typeof value === 'string');
  return isText && type === undefined ? { type: 'string', ...schema } : schema;
}

import { isJsonObject, type JsonObject, type JsonValue } from '#xapi/json/json-value.ts';
import type { Schemas } from './schemas.ts';

const FORMAT_WORDS: Readonly<Record<string, string>> = { 'date-time': 'RFC 3339', uuid: 'UUID', iri: 'IRI' };

/** A chapter on one schema: its members, those of objects within it as well, with what they may be. */
export function objectSection(title: string, schema: JsonValue, schemas: Schemas): string {
  const { description } = asObject(schema);
  const rows = rowsOf(asObject(schema), '', schemas);
  const members =
    rows.length === 0
      ? valuesLine(asObject(schema))
      : `\n| member | type | always | meaning |\n| --- | --- | --- | --- |\n${rows.join('')}`;
  return `### ${title}\n\n${typeof description === 'string' ? description : ''}\n${members}`;
}

/** @param prefix path to the object, with the dot behind it */
function rowsOf(schema: JsonObject, prefix: string, schemas: Schemas): readonly string[] {
  const { properties, required } = schema;
  const names = Array.isArray(required) ? required : [];
  return Object.entries(asObject(properties)).flatMap(([name, value]) => {
    const member = asObject(value);
    const always = names.includes(name) ? 'yes' : '';
    const row = `| ${code(`${prefix}${name}`)} | ${typeOf(member)} | ${always} | ${meaningOf(member, schemas)} |\n`;
    const list = member['items'] === undefined ? '' : '[]';
    return [row, ...rowsOf(asObject(member['items'] ?? member), `${prefix}${name}${list}.`, schemas)];
  });
}

function meaningOf({ $ref, description, default: fallback }: JsonObject, { byTitle }: Schemas): string {
  const meaning = description ?? asObject(byTitle[titleIn($ref)])['description'];
  const text = typeof meaning === 'string' ? meaning.replaceAll('|', '\\|') : '';
  return fallback === undefined ? text : `${text} Default: ${code(JSON.stringify(fallback))}.`;
}

function valuesLine(schema: JsonObject): string {
  return schema['type'] === undefined || schema['type'] === 'object' ? '' : `\nA value: ${typeOf(schema)}.\n`;
}

/** In words, with the range. */
function typeOf(schema: JsonObject): string {
  const { $ref, oneOf, enum: values, const: only } = schema;
  if ($ref !== undefined) return titleLink(titleIn($ref));
  if (Array.isArray(oneOf)) return oneOf.map((one) => typeOf(asObject(one))).join(', or ');
  if (only !== undefined) return code(JSON.stringify(only));
  if (Array.isArray(values)) return values.map((value) => code(JSON.stringify(value))).join(', ');
  const types = [schema['type']].flat().map((type) => (type === 'array' ? listType(schema) : plainType(type, schema)));
  return types.join(', or ');
}

function listType({ items, minItems, maxItems }: JsonObject): string {
  const range = rangeOf(minItems, maxItems, '');
  return `list of ${range === '' ? '' : `${range}: `}${typeOf(asObject(items))}`;
}

function plainType(type: JsonValue | undefined, schema: JsonObject): string {
  if (type === 'integer') return `integer${rangeAfter(schema['minimum'], schema['maximum'])}`;
  if (type === 'object') return mapType(schema);
  if (type !== 'string') return typeof type === 'string' ? type : 'any';
  const { format, minLength, maxLength } = schema;
  const kind = typeof format === 'string' ? `, ${FORMAT_WORDS[format] ?? format}` : '';
  const range = rangeOf(minLength, maxLength, '');
  return `string${kind}${range === '' ? '' : `, ${range} characters`}`;
}

function mapType({ additionalProperties, maxProperties }: JsonObject): string {
  if (additionalProperties === undefined || !isJsonObject(additionalProperties)) return 'object';
  const values = typeOf(additionalProperties);
  return `object of ${rangeOf(undefined, maxProperties, ' ')}members, each: ${values}`;
}

function rangeAfter(least: JsonValue | undefined, most: JsonValue | undefined): string {
  const range = rangeOf(least, most, '');
  return range === '' ? '' : `, ${range}`;
}

function rangeOf(least: JsonValue | undefined, most: JsonValue | undefined, behind: string): string {
  const [from, to] = [least, most].map((bound) => (typeof bound === 'number' ? bound.toLocaleString('en') : undefined));
  if (from !== undefined && to !== undefined) return `${from} to ${to}${behind}`;
  if (to !== undefined) return `at most ${to}${behind}`;
  return from === undefined ? '' : `${from} or more${behind}`;
}

/** The title of what a reference leads to. */
function titleIn(ref: JsonValue | undefined): string {
  return typeof ref === 'string' ? ref.slice(ref.lastIndexOf('/') + 1) : '';
}

function asObject(value: JsonValue | undefined): JsonObject {
  return value !== undefined && isJsonObject(value) ? value : {};
}

export function code(text: string): string {
  return `\`${text}\``;
}

export function titleLink(title: string): string {
  return `[${title}](#${title.toLowerCase()})`;
}

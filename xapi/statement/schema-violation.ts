import type { Format } from '#xapi/data-types/formats.ts';
import { memberOf, pathTo, stepsOf } from '#xapi/json/json-path.ts';
import type { Violation } from '#xapi/statement/rules/rule.ts';
import { subjectOf } from '#xapi/statement/section.ts';
import type { SchemaError } from '#schemas/generated/validators.js';

const FORMAT_NAMES: Readonly<Record<Format, string>> = {
  iri: 'an IRI with a scheme',
  uuid: 'a UUID',
  mbox: 'mailto: and one e-mail address',
  sha1: 'a SHA-1 hash of 40 hexadecimal digits',
  sha2: 'a SHA-2 hash in hexadecimal digits',
  duration: 'an ISO 8601 duration such as PT4H35M59.14S',
  'language-tag': 'a language tag of RFC 5646 such as en-US',
  'media-type': 'a media type such as text/plain',
  'iso-8601-timestamp': 'an ISO 8601 timestamp such as 2024-02-29T12:00:00.000Z',
  'rfc-3339-timestamp': 'an RFC 3339 timestamp with a time zone, such as 2024-02-29T12:00:00.000Z',
  'version-1.0': '1.0 or 1.0.x',
  'version-2.0': '2.0, 2.0.x, 1.0 or 1.0.x',
  unicode: 'text without lone surrogates',
};

const MAX_PATH = 200;

const TYPE_NAMES: Readonly<Record<string, string>> = { object: 'an object', array: 'an array', integer: 'an integer' };

/**
 * Puts the first error of a compiled schema into words.
 *
 * @param root the value that was checked
 * @param path JSON path of `root`
 * @param formatNames phrases for the formats that the schema has besides those of the xAPI
 */
export function schemaViolation(
  errors: readonly SchemaError[],
  root: unknown,
  path: string,
  formatNames: Readonly<Record<string, string>> = {},
): Violation {
  const [error] = errors;
  if (error === undefined) throw new Error('A schema refused a value without saying why.');
  const { keyword, params, propertyName } = error;
  const member = propertyName ?? text(params['missingProperty']) ?? text(params['additionalProperty']);
  const steps = [...stepsOf(error.instancePath, root), ...(member === undefined ? [] : [member])];
  const at = steps.reduce<string>(pathTo, path);
  const expected = expectedBy(keyword, params, { ...FORMAT_NAMES, ...formatNames });
  return {
    path: shortPath(at),
    message: messageFor(keyword, shortPath(at), propertyName === undefined ? expected : `${expected} as its name`),
    expected,
    received: propertyName ?? steps.reduce(memberOf, root),
    subject: subjectOf(steps),
  };
}

function messageFor(keyword: string, at: string, expected: string): string {
  if (keyword === 'required' || keyword === 'dependentRequired') return `${at} is missing.`;
  if (keyword === 'additionalProperties') return `${at} is not allowed here.`;
  return `${at} must be ${expected}.`;
}

/** A path may hold a name of any length that the client made up. */
function shortPath(path: string): string {
  return path.length <= MAX_PATH ? path : `${path.slice(0, MAX_PATH)}…`;
}

function expectedBy(
  keyword: string,
  params: SchemaError['params'],
  formatNames: Readonly<Record<string, string>>,
): string {
  switch (keyword) {
    case 'required':
      return 'a value';
    case 'additionalProperties':
      return 'no property of this name';
    case 'enum':
      return `one of ${list(params['allowedValues'])}`;
    case 'const':
      return JSON.stringify(params['allowedValue']);
    case 'format':
      return formatNames[String(params['format'])] ?? 'another format';
    case 'minimum':
      return `at least ${String(params['limit'])}`;
    case 'maximum':
      return `at most ${String(params['limit'])}`;
    case 'minItems':
      return `an array of at least ${String(params['limit'])} item`;
    case 'maxItems':
      return `an array of at most ${String(params['limit'])} items`;
    case 'minProperties':
      return `an object of at least ${String(params['limit'])} member`;
    case 'maxProperties':
      return `an object of at most ${String(params['limit'])} members`;
    case 'dependentRequired':
      return `a value, as ${String(params['property'])} is there`;
    default:
      return typeName(params['type']);
  }
}

function list(values: unknown): string {
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(', ') : 'other values';
}

function typeName(type: unknown): string {
  if (Array.isArray(type)) return type.map(typeName).join(' or ');
  return typeof type === 'string' ? (TYPE_NAMES[type] ?? `a ${type}`) : 'another type';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

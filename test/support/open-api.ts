import Ajv from 'ajv/dist/2020.js';
import { FORMATS } from '#xapi/data-types/formats.ts';
import { isRfc3339Timestamp } from '#xapi/data-types/timestamp.ts';
import document from '#docs/reference/openapi.json' with { type: 'json' };
import { isJsonObject, type JsonObject, type JsonValue } from '#xapi/json/json-value.ts';

/** The description of the management API, as it is checked in. */
export const OPEN_API: JsonObject = objectIn(JSON.parse(JSON.stringify(document)));

export function objectIn(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw new Error('It is no object.');
  return value;
}

/** What a JSON pointer within the document leads to. */
export function at(...steps: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = OPEN_API;
  for (const step of steps) value = isJsonObject(value) ? value[step] : undefined;
  return value;
}

export function anAjv(): InstanceType<typeof Ajv.Ajv2020> {
  const ajv = new Ajv.Ajv2020({ strict: false, allErrors: true });
  const { uuid, iri } = FORMATS;
  return ajv.addFormat('uuid', uuid).addFormat('iri', iri).addFormat('date-time', isRfc3339Timestamp);
}

/** Follows a reference within the document. */
export function resolved(value: JsonValue | undefined): JsonValue | undefined {
  const ref = isJsonObject(value) ? value['$ref'] : undefined;
  return typeof ref === 'string' ? at(...ref.slice('#/'.length).split('/')) : value;
}

const VALIDATORS = new Map<string, (body: unknown) => string | undefined>();

/**
 * Why an answer is not what the description says of it.
 *
 * @param path below the API's own
 * @param type of its content
 */
export function answerFault(
  method: string,
  path: string,
  status: number,
  { headers, body }: { readonly headers: Readonly<Record<string, unknown>>; readonly body: unknown },
): string | undefined {
  const template = Object.keys(objectIn(at('paths'))).find((candidate) => patternOf(candidate).test(path)) ?? '';
  const operation = at('paths', template, method === 'HEAD' ? 'get' : method.toLowerCase());
  // What is no operation has no description but that of its errors.
  const response = operation === undefined ? at('components', 'responses', 'Problem') : responseOf(operation, status);
  if (response === undefined) return `${method} ${template} is not said to answer ${status}.`;
  const told =
    operation === undefined ? undefined : headerFault(objectIn(objectIn(response)['headers'] ?? {}), headers);
  if (told !== undefined) return `${method} ${template} is not said to answer ${status} ${told}.`;
  const content = objectIn(response)['content'];
  if (content === undefined || method === 'HEAD') return body === undefined ? undefined : 'The answer has a body.';
  const type = String(headers['Content-Type']);
  const media = objectIn(content)[type];
  if (media === undefined) return `${method} ${template} is not said to answer ${type}.`;
  return validator(`${method} ${template} ${status}`, objectIn(objectIn(media)['schema']))(body);
}

/** Headers that tell of this answer alone. */
const OWN_HEADERS = ['ETag', 'Location', 'Idempotent-Replayed', 'Retry-After', 'WWW-Authenticate'];

/** @param described headers of the response in the description */
function headerFault(described: JsonObject, sent: Readonly<Record<string, unknown>>): string | undefined {
  const required = Object.keys(described).filter((name) => objectIn(resolved(described[name]))['required'] === true);
  const missing = required.find((name) => sent[name] === undefined);
  if (missing !== undefined) return `without ${missing}`;
  const unknown = OWN_HEADERS.find((name) => sent[name] !== undefined && described[name] === undefined);
  return unknown === undefined ? undefined : `with ${unknown}`;
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/gu, '[^/]+').replaceAll('.', String.raw`\.`)}$`, 'u');
}

function responseOf(operation: JsonValue, status: number): JsonValue | undefined {
  return resolved(objectIn(objectIn(operation)['responses'])[String(status)]);
}

function validator(name: string, schema: JsonObject): (body: unknown) => string | undefined {
  const known = VALIDATORS.get(name);
  if (known !== undefined) return known;
  const ajv = anAjv();
  const validate = ajv.compile({ ...schema, components: OPEN_API['components'] });
  const check = (body: unknown): string | undefined => (validate(body) ? undefined : ajv.errorsText(validate.errors));
  VALIDATORS.set(name, check);
  return check;
}

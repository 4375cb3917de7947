import { API_PATH } from '#functions/admin/api/api-path.ts';
import type { Operation } from '#functions/admin/api/operation.ts';
import { QUERY } from '#functions/admin/api/query.ts';
import { OPERATIONS } from '#functions/admin/operations.ts';
import { PROBLEM_TYPE } from '#http/problem-reply.ts';
import type { JsonObject, JsonValue } from '#xapi/json/json-value.ts';
import { ACCESS_WORDS } from './access.ts';
import { refusalsOf } from './refusals.ts';
import type { Schemas } from './schemas.ts';

const INTRODUCTION = `Stores, credentials, tokens, issuers, signing keys and the audit of a deployment.

What one may not manage is answered as what does not exist. Changes are effective everywhere within 60 seconds.`;

const HEADERS: JsonObject = {
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The `ETag` of what is to be changed: when it is another by now, nothing is changed (412).',
    schema: { type: 'string' },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      '1 to 128 printable characters of ASCII. Requests with the same key are carried out once: for 24 hours an equal one ' +
      'gets the same answer again, without secrets and with `Idempotent-Replayed: true`; another one is refused (422).',
    schema: { type: 'string', minLength: 1, maxLength: 128 },
  },
};

/** The management API as OpenAPI 3.1, from the table by which its requests are led and the schemas that validate them. */
export function openApi(schemas: Schemas): JsonObject {
  return {
    openapi: '3.1.0',
    info: { title: 'Serverless LRS management API', version: '1', description: INTRODUCTION },
    servers: [{ url: API_PATH }],
    security: [{ basic: [] }, { bearer: [] }],
    tags: [...new Set(OPERATIONS.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: pathsOf(schemas),
    components: {
      securitySchemes: {
        basic: { type: 'http', scheme: 'basic', description: 'Key and secret of a credential.' },
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A token of this LRS or of an issuer.',
        },
      },
      parameters: { ...queryParameters(), ...HEADERS },
      responses: {
        Problem: {
          description: 'Refused, or failed.',
          content: { [PROBLEM_TYPE]: { schema: schemas.ref('problem') } },
        },
      },
      schemas: schemas.byTitle,
    },
  };
}

function pathsOf(schemas: Schemas): JsonObject {
  const groups = Map.groupBy(OPERATIONS, ({ path }) => path);
  return Object.fromEntries(
    Array.from(groups, ([path, operations]) => [
      path,
      Object.fromEntries(
        operations.map((operation) => [operation.method.toLowerCase(), described(operation, schemas)]),
      ),
    ]),
  );
}

function described(operation: Operation, schemas: Schemas): JsonObject {
  const { id, tag, summary, details, access, body } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [details, ACCESS_WORDS[access]].filter(Boolean).join('\n\n'),
    ...(access === 'anybody' && { security: [] }),
    parameters: parametersOf(operation),
    ...(body.schema !== undefined && {
      requestBody: {
        required: body.optional !== true,
        content: { 'application/json': { schema: schemas.ref(body.schema) } },
      },
    }),
    responses: { ...successOf(operation, schemas), ...failuresOf(operation) },
  };
}

function parametersOf({ path, query, isConditional, isRepeatable }: Operation): readonly JsonValue[] {
  const segments = Array.from(path.matchAll(/\{(?<name>\w+)\}/gu), ({ groups }) => groups?.['name'] ?? '');
  return [
    ...segments.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...query.map((name) => ({ $ref: `#/components/parameters/${name}` })),
    ...(isConditional === true ? [{ $ref: '#/components/parameters/IfMatch' }] : []),
    ...(isRepeatable === true ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
  ];
}

function queryParameters(): JsonObject {
  return Object.fromEntries(
    Object.entries(QUERY).map(([name, { description, schema }]) => [name, { name, in: 'query', description, schema }]),
  );
}

function successOf({ answer }: Operation, schemas: Schemas): JsonObject {
  if (answer.status === 204) return { 204: { description: 'Done.' } };
  const item = schemas.ref(answer.schema);
  const schema = answer.isList === true ? listOf(item) : item;
  const description = answer.status === 201 ? 'Made.' : 'Done.';
  return { [answer.status]: { description, content: { 'application/json': { schema } } } };
}

function listOf(items: JsonObject): JsonObject {
  return {
    type: 'object',
    required: ['items'],
    properties: {
      items: { type: 'array', items },
      next: { description: '`after` of the next page; absent when nothing follows.', type: 'string' },
    },
    additionalProperties: false,
  };
}

function failuresOf(operation: Operation): JsonObject {
  return Object.fromEntries(
    Array.from(refusalsOf(operation), ([status, codes]) => [
      status,
      { $ref: '#/components/responses/Problem', description: codes.map((code) => `\`${code}\``).join(', ') },
    ]),
  );
}

import { API_PATH } from '#functions/admin/api/api-path.ts';
import type { Access, Operation } from '#functions/admin/api/operation.ts';
import { QUERY } from '#functions/admin/api/query.ts';
import { OPERATIONS } from '#functions/admin/operations.ts';
import { PROBLEM_TYPE } from '#http/problem-reply.ts';
import type { JsonObject, JsonValue } from '#xapi/json/json-value.ts';
import { ACCESS_WORDS } from './access.ts';
import { exampleBody } from './examples.ts';
import { formatSchema } from './formats.ts';
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
    example: '"3"',
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      '1 to 128 printable characters of ASCII. Requests with the same key are carried out once: for 24 hours an equal one ' +
      'gets the same answer again, without secrets and with `Idempotent-Replayed: true`; another one is refused (422).',
    schema: { type: 'string', pattern: '^[ -~]{1,128}$' },
    example: '2b1f6a0e-8d1c-4b7e-9a55-1f0c7c3f2a10',
  },
};

const ANSWER_HEADERS = {
  ETag: {
    description: 'For `If-Match`; another one after every change.',
    required: true,
    schema: { type: 'string', pattern: '^".+"$' },
  },
  Location: {
    description: 'Path of what was made, from the root of the host.',
    required: true,
    schema: { type: 'string', pattern: '^/' },
  },
  IdempotentReplayed: {
    description: 'Of an answer that is given again for the same `Idempotency-Key`, without its secrets.',
    schema: { type: 'string', const: 'true' },
  },
  RetryAfter: {
    description: 'Seconds after which the request may be sent again.',
    schema: { type: 'integer', minimum: 0 },
  },
  WWWAuthenticate: {
    description: 'How to get in (RFC 7617, RFC 6750); with 403 only the scope that a bearer token lacks.',
    schema: { type: 'string' },
  },
} as const satisfies JsonObject;

/** Names of segments of paths → what stands there. */
const SEGMENTS: Readonly<Record<string, JsonObject>> = {
  store: { description: 'Id of a store.', schema: { type: 'string', ...formatSchema('store-id') } },
  key: { description: 'Key of a credential.', schema: { type: 'string', minLength: 1, maxLength: 128 } },
  export: { description: 'Id of an export.', schema: { type: 'string' } },
  backfill: { description: 'Id of a backfill.', schema: { type: 'string' } },
  id: { description: 'Id of an issuer.', schema: { type: 'string', ...formatSchema('store-id') } },
};

/** Who may ask → what gets in. */
const SECURITY: Readonly<Record<Access, readonly JsonObject[]>> = {
  anybody: [],
  principal: [{ basic: [] }, { bearer: [] }],
  credential: [{ basic: [] }],
  admin: [{ basic: [] }, { bearer: [] }],
  operator: [{ basic: [] }, { bearer: [] }],
};

/** The management API as OpenAPI 3.1, from the table by which its requests are led and the schemas that validate them. */
export function openApi(schemas: Schemas): JsonObject {
  return {
    openapi: '3.1.0',
    info: { title: 'Serverless LRS management API', version: '1', description: INTRODUCTION },
    servers: [{ url: API_PATH }],
    security: SECURITY.principal,
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
      headers: ANSWER_HEADERS,
      responses: problems(schemas),
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
    security: SECURITY[access],
    parameters: parametersOf(operation),
    ...(body.schema !== undefined && {
      requestBody: {
        required: body.optional !== true,
        content: {
          'application/json': { schema: schemas.ref(body.schema), example: exampleBody(operation) ?? {} },
        },
      },
    }),
    responses: { ...successOf(operation, schemas), ...failuresOf(operation) },
  };
}

function parametersOf({ path, query, isConditional, isRepeatable }: Operation): readonly JsonValue[] {
  const segments = Array.from(path.matchAll(/\{(?<name>\w+)\}/gu), ({ groups }) => groups?.['name'] ?? '');
  return [
    ...segments.map((name) => ({ name, in: 'path', required: true, ...SEGMENTS[name] })),
    ...query.map((name) => ({ $ref: `#/components/parameters/${name}` })),
    ...(isConditional === true ? [{ $ref: '#/components/parameters/IfMatch' }] : []),
    ...(isRepeatable === true ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
  ];
}

function queryParameters(): JsonObject {
  return Object.fromEntries(
    Object.entries(QUERY).map(([name, { description, schema }]) => {
      const more = name === 'store' ? formatSchema('store-id') : {};
      return [name, { name, in: 'query', description, schema: { ...schema, ...more } }];
    }),
  );
}

/** By what they tell besides the problem itself. */
function problems(schemas: Schemas): JsonObject {
  const problem = (description: string, headers: JsonObject = {}): JsonObject => ({
    description,
    headers,
    content: { [PROBLEM_TYPE]: { schema: schemas.ref('problem') } },
  });
  return {
    Problem: problem('Refused, or failed.'),
    NotLetIn: problem('Refused because of who it is.', { 'WWW-Authenticate': header('WWWAuthenticate') }),
    TryAgain: problem('Refused for now.', { 'Retry-After': header('RetryAfter') }),
  };
}

/** Status → name of the problem, where it is not the plain one. */
const PROBLEM_NAMES: Readonly<Record<number, string>> = {
  401: 'NotLetIn',
  403: 'NotLetIn',
  429: 'TryAgain',
  503: 'TryAgain',
};

function header(name: keyof typeof ANSWER_HEADERS): JsonObject {
  return { $ref: `#/components/headers/${name}` };
}

/** What can be changed has a revision. What is made once, however often it is asked for, has a place of its own. */
function headersOf({ answer, isRepeatable }: Operation, schemas: Schemas): JsonObject {
  const isOne = answer.status !== 204 && answer.isList !== true && schemas.has(answer.schema, 'revision');
  return {
    ...(isOne && { ETag: header('ETag') }),
    ...(isRepeatable === true && answer.status === 201 && { Location: header('Location') }),
    ...(isRepeatable === true && { 'Idempotent-Replayed': header('IdempotentReplayed') }),
  };
}

function successOf(operation: Operation, schemas: Schemas): JsonObject {
  const { answer } = operation;
  const headers = headersOf(operation, schemas);
  if (answer.status === 204) return { 204: { description: 'Done.', headers } };
  const item = schemas.ref(answer.schema);
  const schema = answer.isList === true ? listOf(item) : item;
  const description = answer.status === 201 ? 'Made.' : 'Done.';
  return { [answer.status]: { description, headers, content: { 'application/json': { schema } } } };
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
      {
        $ref: `#/components/responses/${PROBLEM_NAMES[status] ?? 'Problem'}`,
        description: codes.map((code) => `\`${code}\``).join(', '),
      },
    ]),
  );
}

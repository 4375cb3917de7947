import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '#lib/routes.ts';
import type { EventOptions } from '#test/support/gateway-events.ts';
import { type Functions, startFunctions } from '#test/support/function-handlers.ts';
import { expectLogged } from '#test/support/request-lines.ts';

const path = fc.constantFrom(...ROUTES.map((route) => route.path));
const method = fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'PATCH', '');
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json());

const AGENT = '{"mbox":"mailto:a@example.com"}';

const name = fc.constantFrom(
  'statementId',
  'voidedStatementId',
  'agent',
  'verb',
  'activity',
  'activityId',
  'stateId',
  'profileId',
  'registration',
  'since',
  'until',
  'limit',
  'ascending',
  'format',
  'attachments',
  'cursor',
  'method',
  'content',
);
const value = fc.oneof(
  text,
  fc.uuid(),
  fc.constantFrom(AGENT, 'http://example.com/1', 'true', '0', '2020-01-01T00:00:00Z', 'canonical', 'PUT', 'GET', '{}'),
);
const encodedQuery = fc
  .array(fc.tuple(fc.oneof({ weight: 9, arbitrary: name }, { weight: 1, arbitrary: text }), value), { maxLength: 5 })
  .map((pairs) => pairs.map((pair) => pair.map((part) => encodeURIComponent(part.toWellFormed())).join('=')).join('&'));
const query = fc.oneof({ weight: 9, arbitrary: encodedQuery }, { weight: 1, arbitrary: text });

const headers = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'content-encoding',
    'if-match',
    'if-none-match',
    'accept-language',
    'accept-encoding',
    'x-experience-api-version',
    'authorization',
    'content-length',
  ),
  fc.oneof(
    text,
    fc.constantFrom(
      'application/json',
      'multipart/mixed; boundary=b',
      'application/x-www-form-urlencoded',
      'text/plain',
      'gzip',
      '2.0.0',
      '1.0.0',
      '*',
      'en;q=0.5',
    ),
  ),
  { maxKeys: 4 },
);

const statement = fc.record(
  {
    id: fc.oneof(fc.uuid(), text),
    actor: fc.oneof(fc.constant(JSON.parse(AGENT)), fc.jsonValue()),
    verb: fc.oneof(fc.constant({ id: 'http://example.com/v' }), fc.jsonValue()),
    object: fc.oneof(fc.constant({ id: 'http://example.com/a' }), fc.jsonValue()),
    context: fc.jsonValue(),
    result: fc.jsonValue(),
    attachments: fc.jsonValue(),
  },
  { requiredKeys: ['actor', 'verb', 'object'] },
);
const json = fc.oneof(statement, fc.array(statement, { maxLength: 3 }), fc.jsonValue()).map((v) => JSON.stringify(v));
const multipart = fc
  .tuple(json, text)
  .map(([first, second]) =>
    [
      '--b\r\nContent-Type: application/json\r\n\r\n',
      first,
      '\r\n--b\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: 0\r\n\r\n',
      `${second}\r\n--b--`,
    ].join(''),
  );
const body = fc.oneof(
  text,
  json,
  multipart,
  encodedQuery,
  fc.uint8Array(),
  json.map((content) => gzipSync(content)),
);

const options: fc.Arbitrary<EventOptions> = fc.record(
  { method, query, headers, body },
  { requiredKeys: ['method', 'query', 'headers'] },
);

describe('whatever a client sends', () => {
  let functions: Functions;

  beforeAll(async () => {
    functions = await startFunctions();
  });

  it('is never answered with a 5xx, and is logged by one line with its metrics', async () => {
    await fc.assert(
      fc.asyncProperty(path, options, async (resource, sent) => {
        const before = functions.log.length;
        const result = await functions.send(resource, sent);
        expect(result.statusCode).toBeLessThan(500);
        expect(result.headers).toHaveProperty('X-Experience-API-Version');
        if (sent.method !== 'OPTIONS') expectLogged(functions.log.slice(before), resource, result);
      }),
      { numRuns: 1_500 },
    );
  });
});

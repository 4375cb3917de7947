import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '#lib/routes.ts';
import { aCredential } from '#test/support/credentials.ts';
import { concerns, connectionLost, type Interceptor } from '#test/support/faulty-client.ts';
import { type Functions, startFunctions } from '#test/support/function-handlers.ts';
import { basic, type EventOptions } from '#test/support/gateway-events.ts';
import { aMultipart } from '#test/support/multipart.ts';
import { expectLogged, requestMetricsIn } from '#test/support/request-lines.ts';
import { aStatement } from '#test/support/statements.ts';

const SECRET = 'zyx-secret';
const AUTHORIZED = { authorization: basic('key', SECRET) };
const JSON_TYPE = { 'content-type': 'application/json' };
const ID = '6f1c6f9e-2d0a-4c58-9d9f-0f8f5f1f0a01';

type Path = (typeof ROUTES)[number]['path'];

const FAULTS = ['throttled', 'lost', 'defect', 'garbled', 'unreadable', 'no documents'] as const;

type Fault = (typeof FAULTS)[number] | 'none';

/** What DynamoDB does to every call, or to those of one table. */
let fault: Fault = 'none';

const intercept: Interceptor = async (call, send) => {
  if (fault === 'no documents' && concerns(call, '-documents')) throw new Error('ResourceNotFoundException');
  if (fault === 'throttled') throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
  if (fault === 'lost') throw connectionLost();
  if (fault === 'defect') throw new TypeError('a defect');
  if (fault === 'unreadable') throw unreadable();
  const output = await send();
  return fault === 'garbled' ? garbled(output) : output;
};

/** A 500 whose body the SDK cannot parse, and quotes. */
function unreadable(): Error {
  const error = new SyntaxError(`Unexpected token 's', "{"Item": Zyx Name" is not valid JSON`);
  return Object.assign(error, { $metadata: { httpStatusCode: 500 } });
}

/** With what names the learner out of quotation marks: no body can be parsed, just there. */
function garbled<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value, bytesAsText), (_, member: unknown) =>
    typeof member === 'string' && member.startsWith('bytes:')
      ? Buffer.from(member.slice(6).replace(/"[^"]*zyx/u, 'zyx'))
      : member,
  );
}

function bytesAsText(this: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown {
  const original = this[name];
  return original instanceof Uint8Array ? `bytes:${Buffer.from(original).toString()}` : value;
}

let functions: Functions;

beforeAll(async () => {
  functions = await startFunctions([aCredential({ secret: SECRET })], intercept);
});

async function logged(path: Path, options: EventOptions): Promise<readonly string[]> {
  const before = functions.log.length;
  const result = await functions.send(path, { ...options, headers: { ...AUTHORIZED, ...options.headers } });
  const lines = functions.log.slice(before);
  expectLogged(lines, path, result);
  return lines;
}

const post = (statements: unknown): Promise<readonly string[]> =>
  logged('/statements', { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(statements) });

describe('the metrics of statements', () => {
  const verb = { id: 'http://example.com/verbs/measured' };

  it('count what was stored, but not what was there already', async () => {
    const statement = aStatement({ id: ID, verb });
    expect(requestMetricsIn(await post([statement, aStatement({ verb })]))).toMatchObject({ StatementsStored: 2 });
    expect(requestMetricsIn(await post(statement))).not.toHaveProperty('StatementsStored');
    const put = { method: 'PUT', query: { statementId: ID.replace('6f', '70') }, headers: JSON_TYPE };
    const another = JSON.stringify(aStatement({ verb }));
    expect(requestMetricsIn(await logged('/statements', { ...put, body: another }))).toMatchObject({
      StatementsStored: 1,
    });
  });

  it('count what was returned', async () => {
    const page = { query: { verb: verb.id, limit: '2' } };
    expect(requestMetricsIn(await logged('/statements', page))).toMatchObject({ StatementsReturned: 2 });
    const head = { method: 'HEAD', query: { statementId: ID } };
    expect(requestMetricsIn(await logged('/statements', head))).toMatchObject({ StatementsReturned: 1 });
    const none = { query: { verb: 'http://example.com/verbs/never' } };
    expect(requestMetricsIn(await logged('/statements', none))).not.toHaveProperty('StatementsReturned');
  });

  it('count what was refused, by the code of the error', async () => {
    const lines = await post(aStatement({ id: ID, verb: { id: 'http://example.com/verbs/other' } }));
    expect(requestMetricsIn(lines)).toMatchObject({ StatementWritesRefused: 1, ClientErrors: 1 });
    expect(JSON.parse(lines.join())).toMatchObject({ code: 'statement-conflict' });
  });
});

const marked = fc.constantFrom('zyx', 'Zyx Name', 'mailto:zyx@example.com', 'http://example.com/zyx');
const MBOX = 'mailto:zyx@example.com';
const SHA1 = createHash('sha1').update(MBOX).digest('hex');
const agent = fc.constantFrom(
  { name: 'Zyx Name', mbox: MBOX },
  { name: 'Zyx Name', mbox_sha1sum: SHA1 },
  { openid: 'http://zyx.example/' },
  { account: { homePage: 'http://zyx.example', name: 'zyx' } },
);
const statement = fc
  .tuple(
    agent,
    fc.string(),
    fc.dictionary(fc.constantFrom('id', 'verb', 'result', 'timestamp', 'zyx'), marked, { maxKeys: 1 }),
  )
  .map(([actor, more, broken]) => ({
    ...aStatement({
      actor,
      verb: { id: 'http://example.com/zyx', display: { en: 'zyx' } },
      object: { id: 'http://example.com/zyx', definition: { name: { en: `Zyx ${more}` } } },
      result: { response: 'zyx' },
    }),
    ...broken,
  }));
const json = fc.oneof(statement, fc.array(statement, { maxLength: 3 })).map((value) => JSON.stringify(value));
const body = fc.oneof(
  { weight: 5, arbitrary: json },
  { weight: 1, arbitrary: json.map((text) => text.slice(0, -9)) },
  { weight: 1, arbitrary: marked },
  { weight: 1, arbitrary: statement.map((value) => aMultipart(value, [Buffer.from('zyx')]).body) },
  {
    weight: 1,
    arbitrary: marked.map((text) => `Authorization=${encodeURIComponent(AUTHORIZED.authorization)}&zyx=${text}`),
  },
);

const identity = agent.map((value) => JSON.stringify(value));
const activityId = fc.constantFrom('http://example.com/zyx', 'http://example.com/zyx', 'zyx');
const queries: Readonly<Record<Path, fc.Arbitrary<Readonly<Record<string, string>>>>> = {
  '/statements': fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.record({ agent: identity, verb: marked }) },
    { weight: 1, arbitrary: fc.record({ statementId: fc.uuid() }) },
  ),
  '/activities': fc.record({ activityId }),
  '/activities/state': fc.record({ activityId, agent: identity, stateId: marked }),
  '/activities/profile': fc.record({ activityId, profileId: marked }),
  '/agents': fc.record({ agent: identity }),
  '/agents/profile': fc.record({ agent: identity, profileId: marked }),
  '/about': fc.constant({}),
};
const odd = fc.dictionary(fc.constantFrom('zyx', 'agent', 'since', 'method', 'cursor'), marked, {
  minKeys: 1,
  maxKeys: 2,
});

const headers = fc.record(
  {
    'content-type': fc.oneof(
      { weight: 3, arbitrary: fc.constant('application/json') },
      { weight: 1, arbitrary: fc.constantFrom('multipart/mixed; boundary=the-boundary', 'zyx/zyx', 'text/plain') },
    ),
    'x-experience-api-version': fc.constantFrom('1.0.3', '2.0.0', '2.0.0', '2.0.0', 'zyx'),
    authorization: fc.oneof(
      { weight: 8, arbitrary: fc.constant(AUTHORIZED.authorization) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(basic('key', 'zyx-wrong'), basic('zyx', 'zyx'), 'Basic zyx', 'Bearer zyx'),
      },
    ),
    'if-match': fc.constantFrom('"zyx"', '*', 'zyx'),
    'content-encoding': fc.constantFrom('identity', 'identity', 'identity', 'zyx'),
    accept: fc.constant('text/zyx'),
  },
  { requiredKeys: ['content-type', 'x-experience-api-version', 'authorization'] },
);

interface SentHeaders {
  readonly authorization: string;
  readonly [name: string]: string;
}

interface SentRequest {
  readonly path: Path;
  readonly options: Omit<EventOptions, 'headers'> & { readonly headers: SentHeaders };
  readonly given: Fault;
}

const request: fc.Arbitrary<SentRequest> = fc.constantFrom(...ROUTES.map((route) => route.path)).chain((path) =>
  fc.record({
    path: fc.constant(path),
    options: fc.record({
      path: fc.constantFrom(`/xapi${path}`, `/xapi${path}/zyx/${'zyx'.repeat(999)}`),
      method: fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'POST', 'DELETE', 'ZYX'),
      query: fc.oneof({ weight: 4, arbitrary: queries[path] }, { weight: 1, arbitrary: odd }),
      headers,
      body,
    }),
    given: fc.oneof(
      { weight: 3, arbitrary: fc.constant('none' as const) },
      { weight: 2, arbitrary: fc.constantFrom(...FAULTS) },
    ),
  }),
);

function anExample(given: Fault, path: Path, options: EventOptions): [SentRequest] {
  const authorized = { ...AUTHORIZED, ...JSON_TYPE, 'x-experience-api-version': '2.0.0' };
  return [{ given, path, options: { ...options, headers: authorized } }];
}

const zyx = { name: 'Zyx Name', mbox: MBOX };
const sentBy = (name: string): EventOptions => ({
  method: 'POST',
  body: JSON.stringify(aStatement({ actor: { ...zyx, name } })),
});

/** What has to happen in each run: a document stored, statements not learnt from, a body that cannot be read. */
const examples: readonly [SentRequest][] = [
  anExample('no documents', '/statements', sentBy('Zyx I')),
  anExample('none', '/statements', sentBy('Zyx II')),
  anExample('garbled', '/agents', { query: { agent: JSON.stringify(zyx) } }),
  anExample('throttled', '/statements', sentBy('Zyx III')),
  anExample('unreadable', '/agents', { query: { agent: JSON.stringify(zyx) } }),
  anExample('none', '/activities/profile', {
    method: 'POST',
    query: { activityId: 'http://example.com/zyx', profileId: 'zyx' },
    body: '{"zyx":"zyx"}',
  }),
];

describe('the log', () => {
  it('has nothing of what a client sends, whatever becomes of it', async () => {
    const messages = new Set<string>();
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(request, async ({ path, options, given }) => {
        fault = given;
        const lines = await logged(path, options);
        const text = lines.join('\n').toLowerCase();
        const [, credentials = ''] = options.headers.authorization.toLowerCase().split(' ');
        for (const part of ['zyx', SHA1, credentials]) expect(text).not.toContain(part);
        for (const line of lines) {
          const { message, status }: { readonly message: string; readonly status?: number } = JSON.parse(line);
          messages.add(message);
          if (status !== undefined) statuses.add(status);
        }
      }),
      { numRuns: 600, examples: [...examples] },
    );
    expect([...messages].sort()).toEqual(['failed', 'not learnt', 'overloaded', 'request']);
    expect([...statuses]).toEqual(expect.arrayContaining([200, 204, 400, 401, 404, 405, 500, 503]));
  });
});

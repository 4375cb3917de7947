import { randomUUID } from 'node:crypto';
import { type Answer, describeAnswer } from '../answer.ts';
import type { Check, Inspection } from '../check.ts';
import type { HeaderName } from '../header-names.ts';

const ORIGIN = 'https://content.serverless-lrs.invalid';

const METHODS = ['GET', 'PUT', 'POST'] as const;

const REQUEST_HEADERS = [
  'Authorization',
  'Content-Type',
  'If-Match',
  'If-None-Match',
  'X-Experience-API-Version',
] as const;

const EXPOSED: readonly HeaderName[] = [
  'ETag',
  'Last-Modified',
  'WWW-Authenticate',
  'X-Experience-API-Consistent-Through',
  'X-Experience-API-Version',
];

const ADVICE =
  'CORS is the functions’ own: take the CORS configuration of the API away, let OPTIONS reach the functions, and give ' +
  'CloudFront no response headers policy with CORS.';

export const preflight: Check = {
  name: 'preflight',
  proves: 'Browsers that ask first (OPTIONS) are told that content from anywhere may send what xAPI needs.',
  run: async (inspection) => {
    await inspectPreflight(inspection, '/statements', METHODS);
    await inspectPreflight(inspection, '/activities/state', [...METHODS, 'DELETE']);
  },
};

export const cors: Check = {
  name: 'cors',
  proves: 'Browsers let content read answers and their headers, those of errors too.',
  run: async (inspection) => {
    const { send } = inspection;
    const headers = { origin: ORIGIN };
    const path = '/statements';
    inspectAnswer(inspection, await send({ path, query: { limit: '1' }, headers }));
    inspectAnswer(inspection, await send({ path, headers: { ...headers, authorization: undefined } }));
    inspectAnswer(inspection, await send({ path, query: { statementId: randomUUID() }, headers }));
    inspectAnswer(
      inspection,
      await send({ path: '/activities/state', query: inspection.data.state('cors').query, headers }),
    );
  },
};

async function inspectPreflight(inspection: Inspection, path: string, methods: readonly string[]): Promise<void> {
  const { send, verify } = inspection;
  const asked = { method: 'PUT', headers: REQUEST_HEADERS.join(', ').toLowerCase() };
  const answer = await send({
    method: 'OPTIONS',
    path,
    headers: {
      authorization: undefined,
      'x-experience-api-version': undefined,
      origin: ORIGIN,
      'access-control-request-method': asked.method,
      'access-control-request-headers': asked.headers,
    },
  });
  const isOk = verify(answer.status >= 200 && answer.status < 300, {
    expected: '204 to OPTIONS without a credential',
    received: describeAnswer(answer),
    meaning: 'Browsers refuse to send the request that was to follow: content cannot reach the LRS.',
    advice: ADVICE,
  });
  if (!isOk) return;
  inspectOrigin(inspection, answer);
  inspectList(inspection, answer, 'Access-Control-Allow-Methods', methods);
  // A star does not stand for Authorization, so all have to be named.
  inspectList(inspection, answer, 'Access-Control-Allow-Headers', REQUEST_HEADERS);
}

function inspectAnswer(inspection: Inspection, answer: Answer): void {
  inspectOrigin(inspection, answer);
  inspectList(inspection, answer, 'Access-Control-Expose-Headers', EXPOSED);
}

function inspectOrigin({ verify }: Inspection, { request, status, headers }: Answer): void {
  const received = headers['access-control-allow-origin'];
  verify(received === '*' || received === ORIGIN, {
    expected: 'Access-Control-Allow-Origin: *',
    received: `${request} gave ${status} with ${received ?? 'no such header'}`,
    meaning: 'Browsers keep the answer from content that is served from elsewhere, and show a network error.',
    advice: ADVICE,
  });
}

function inspectList({ verify }: Inspection, answer: Answer, name: string, wanted: readonly string[]): void {
  const received = answer.headers[name.toLowerCase()] ?? '';
  const listed = new Set(received.toLowerCase().split(/\s*,\s*/u));
  const missing = wanted.filter((value) => !listed.has(value.toLowerCase()));
  verify(missing.length === 0, {
    expected: `${name} with ${wanted.join(', ')}`,
    received: `${answer.request} gave ${answer.status} without ${missing.join(', ')} in it`,
    meaning: 'Browsers keep content from sending requests that xAPI needs, or from reading these headers.',
    advice: ADVICE,
  });
}

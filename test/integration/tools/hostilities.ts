import type { Interference, ProxiedAnswer, ProxiedRequest } from '#test/support/proxy.ts';

/** Something that stands in front of an LRS and should not. */
export interface Hostility {
  readonly what: string;
  /** Made anew for each run: it may remember what passed. */
  readonly interfere: () => Interference;
  /** The checks that fail, and no others. */
  readonly fails: readonly string[];
  /** In what the first of them says. */
  readonly says: string | RegExp;
  /** Whether the endpoint is checked with a limited credential, too. */
  readonly limited?: boolean;
}

const WAF = anAnswer(403, '<html><h1>403 ERROR</h1>Request blocked.</html>', {
  'content-type': 'text/html',
  server: 'CloudFront',
});

const NEVER: ProxiedAnswer = anAnswer(204, '');

export const HOSTILITIES: readonly Hostility[] = [
  {
    what: 'is no LRS',
    interfere: () => ({ request: () => anAnswer(200, 'It works!') }),
    fails: ['reachability'],
    says: /200 with the versions[^]*It works!/u,
  },
  {
    what: 'renames WWW-Authenticate',
    interfere: () => renames('www-authenticate', 'x-amzn-remapped-www-authenticate'),
    fails: ['header-names'],
    says: /to x-amzn-remapped-www-authenticate: deploy with `-c edge=true -c edgeRestoresHeaders=true`/u,
  },
  {
    what: 'drops ETag',
    interfere: () => renames('etag', 'x-dropped'),
    fails: ['header-names'],
    says: /the header ETag[^]*with no such header[^]*one overwrites the other/u,
  },
  {
    what: 'drops the version of the answer',
    interfere: () => renames('x-experience-api-version', 'x-dropped'),
    fails: ['versions', 'header-names'],
    says: 'X-Experience-API-Version: 1.0.3 in answer to 1.0.3',
  },
  {
    what: 'asks for another version',
    interfere: () => ({
      request: (request) =>
        request.headers['x-experience-api-version'] === '2.0.0'
          ? withHeaders(request, { 'x-experience-api-version': '1.0.3' })
          : request,
    }),
    fails: ['versions'],
    says: 'in answer to 2.0.0',
  },
  {
    what: 'changes the Content-Type of documents',
    interfere: () => ({
      answer: (answer) =>
        answer.headers['content-type']?.startsWith('application/vnd') === true
          ? withHeaders(answer, { 'content-type': 'application/octet-stream' })
          : answer,
    }),
    fails: ['header-names'],
    says: 'with the Content-Type it was sent with',
  },
  {
    what: 'has a clock of its own',
    interfere: () => ({ answer: (answer) => withHeaders(answer, { date: new Date(0).toUTCString() }) }),
    fails: ['clock'],
    says: 'set the clock of this machine',
  },
  {
    what: 'decides by itself who is let in',
    interfere: () => ({
      request: (request) =>
        request.headers['authorization'] === undefined &&
        request.method !== 'OPTIONS' &&
        !request.target.endsWith('/about')
          ? anAnswer(403, '{"message":"Forbidden"}', {})
          : request,
    }),
    fails: ['authentication', 'access-routes', 'header-names', 'cors', 'fresh-answers', 'alternate-syntax'],
    says: 'No authorizer of API Gateway',
  },
  {
    what: 'answers 401 for 403',
    interfere: () => ({
      answer: (answer) => (answer.status === 403 ? { ...answer, status: 401 } : answer),
    }),
    fails: ['authorization', 'tokens'],
    says: 'own 403 with the code not-permitted',
    limited: true,
  },
  {
    what: 'lets the base path through only',
    interfere: () => ({
      request: (request) =>
        request.target.startsWith('/xapi/') ? request : anAnswer(404, '{"message":"Not Found"}', {}),
    }),
    fails: ['access-routes'],
    says: 'has to include the root',
  },
  {
    what: 'refuses tokens',
    interfere: () => ({
      request: (request) =>
        request.headers['authorization']?.startsWith('Bearer ') === true
          ? anAnswer(403, '{"message":"Forbidden"}', {})
          : request,
    }),
    fails: ['tokens'],
    says: 'pass Authorization as it is',
  },
  {
    what: 'replaces errors by a page of its own',
    interfere: () => ({
      answer: (answer, { method }) =>
        answer.status === 400 && method === 'POST' ? anAnswer(400, '<h1>Bad request</h1>') : answer,
    }),
    fails: ['error-bodies'],
    says: /400 from the LRS[^]*Bad request/u,
  },
  {
    what: 'shows internals',
    interfere: () => ({
      answer: (answer, { method }) =>
        answer.status === 405 && method === 'DELETE'
          ? { ...answer, body: Buffer.from('{"code":"method-not-allowed","message":"at f (/var/task/index.mjs:1:2)"}') }
          : answer,
    }),
    fails: ['error-bodies'],
    says: 'an error without internals',
  },
  {
    what: 'drops X-Request-Id',
    interfere: () => renames('x-request-id', 'x-dropped'),
    fails: ['request-ids'],
    says: 'X-Request-Id, another one with each answer',
  },
  {
    what: 'answers 200 to every path',
    interfere: () => ({
      answer: (answer, { target }) => (target.endsWith('/no-such-resource') ? anAnswer(200, 'index.html') : answer),
    }),
    fails: ['unknown-path'],
    says: 'no error pages that answer 200',
  },
  {
    what: 'answers OPTIONS by itself',
    interfere: () => ({ request: (request) => (request.method === 'OPTIONS' ? NEVER : request) }),
    fails: ['preflight'],
    says: /OPTIONS \/statements gave 204 with no such header[^]*take the CORS configuration of the API away/u,
  },
  {
    what: 'lets no Authorization through CORS',
    interfere: () => ({
      answer: (answer, { method }) =>
        method === 'OPTIONS' ? withHeaders(answer, { 'access-control-allow-headers': '*' }) : answer,
    }),
    fails: ['preflight'],
    says: 'without Authorization',
  },
  {
    what: 'leaves CORS out of errors',
    interfere: () => ({
      answer: (answer) =>
        answer.status >= 400
          ? withHeaders(answer, {
              'access-control-allow-origin': undefined,
              'access-control-expose-headers': undefined,
            })
          : answer,
    }),
    fails: ['cors'],
    says: 'GET /statements gave 401 with no such header',
  },
  {
    what: 'knows no HEAD',
    interfere: () => ({ request: (request) => (request.method === 'HEAD' ? anAnswer(404, '') : request) }),
    fails: ['head'],
    says: /HEAD \/about gave 404[^]*take ANY method/u,
  },
  {
    what: 'leaves headers out of HEAD',
    interfere: () => ({
      answer: (answer, { method }) => (method === 'HEAD' ? withHeaders(answer, { etag: undefined }) : answer),
    }),
    fails: ['head'],
    says: 'etag: undefined',
  },
  {
    what: 'sends a body with HEAD',
    interfere: () => ({
      answer: (answer, { method, headers }) =>
        method === 'HEAD' && headers['x-probe'] === undefined ? { ...answer, surplus: 'a body' } : answer,
    }),
    fails: ['head'],
    says: 'gave 6 bytes after them',
  },
  {
    what: 'reads by id from a copy that is late',
    interfere: () => lateReads('strong-reads'),
    fails: ['strong-reads'],
    says: 'Reads by id are strongly consistent',
  },
  {
    what: 'changes texts',
    interfere: () => ({
      request: (request) => ({
        ...request,
        body: request.body.includes('😀') ? Buffer.from(request.body.toString().replaceAll('😀', '??')) : request.body,
      }),
    }),
    fails: ['strong-reads'],
    says: 'What learners wrote is changed',
  },
  {
    what: 'takes a replay for a conflict',
    interfere: conflictingReplays,
    fails: ['replays'],
    says: /204 from the LRS[^]*409/u,
  },
  {
    what: 'takes bodies that arrive for text',
    interfere: () => ({ request: (request) => ({ ...request, body: asText(request.body) }) }),
    fails: ['attachments', 'binary-documents', 'compression', 'large-bodies'],
    says: 'attachments that are not text',
  },
  {
    what: 'takes answers for text',
    interfere: () => ({ answer: (answer) => ({ ...answer, body: asText(answer.body) }) }),
    fails: ['attachments', 'binary-documents', 'compression', 'large-bodies'],
    says: /a part with 518 bytes whose SHA-256[^]*binary media types/u,
  },
  {
    what: 'takes no bodies in chunks',
    interfere: () => ({
      request: (request) =>
        request.method === 'PUT' && request.headers['content-length'] === undefined
          ? anAnswer(411, 'Length Required')
          : request,
    }),
    fails: ['binary-documents'],
    says: '411 (from what is in front of it, not from the LRS): Length Required',
  },
  {
    what: 'drops Content-Encoding',
    interfere: () => renames('content-encoding', 'x-dropped'),
    fails: ['compression'],
    says: 'what came with no coding',
  },
  {
    what: 'loses If-Match',
    interfere: () => ({ request: (request) => withHeaders(request, { 'if-match': undefined }) }),
    fails: ['preconditions', 'concurrency'],
    says: 'PUT /activities/profile with if-match',
  },
  {
    what: 'loses If-None-Match',
    interfere: () => ({ request: (request) => withHeaders(request, { 'if-none-match': undefined }) }),
    fails: ['preconditions', 'concurrency'],
    says: 'PUT /activities/profile with if-none-match: *',
  },
  {
    what: 'makes every If-Match match',
    interfere: () => ({
      request: (request) =>
        request.headers['if-match'] !== undefined && request.body.includes('writer')
          ? withHeaders(request, { 'if-match': '*' })
          : request,
    }),
    fails: ['concurrency'],
    says: /204 to one, 412 to 19[^]*204 to/u,
  },
  {
    what: 'keeps answers',
    interfere: keptAnswers,
    fails: ['fresh-answers'],
    says: /the document as it was put before: second[^]*CachingDisabled/u,
  },
  {
    what: 'refuses { } | in queries',
    interfere: () => ({
      request: (request) => (/[{}|]/u.test(request.target) ? anAnswer(400, 'Bad Request') : request),
    }),
    fails: ['raw-queries'],
    says: /with \{ \} \| as they are[^]*Use the HTTP API, not a REST API/u,
  },
  {
    what: 'splits queries at semicolons',
    interfere: () => ({ request: (request) => ({ ...request, target: request.target.replaceAll(';', '&') }) }),
    fails: ['raw-queries'],
    says: 'with ; as it is',
  },
  {
    what: 'joins repeated parameters',
    interfere: () => ({
      request: (request) => ({ ...request, target: request.target.replace('stateId=a&stateId=b', 'stateId=a,b') }),
    }),
    fails: ['repeated-parameters'],
    says: 'both are joined',
  },
  {
    what: 'refuses queries of more than 2 KB',
    interfere: () => ({ request: (request) => (request.target.length > 2_048 ? WAF : request) }),
    fails: ['long-urls'],
    says: /\(from CloudFront, not from the LRS\)[^]*A firewall \(WAF\)[^]*SizeRestrictions_QUERYSTRING/u,
  },
  {
    what: 'refuses forms of more than 8 KB',
    interfere: () => ({
      request: (request) => (request.body.length > 8_192 && isForm(request) ? WAF : request),
    }),
    fails: ['alternate-syntax'],
    says: 'SizeRestrictions_BODY (8 KB)',
  },
  {
    what: 'takes 1 MB only',
    interfere: () => ({
      request: (request) =>
        request.body.length > 1_000_000 ? anAnswer(413, '413 Request Entity Too Large', { server: 'nginx' }) : request,
    }),
    fails: ['large-bodies'],
    says: /gave 413 \(from nginx, not from the LRS\)[^]*find who takes less/u,
  },
  {
    what: 'takes less than 6 MB in base64',
    interfere: () => ({
      request: (request) => (request.body.length > 4_300_000 ? anAnswer(413, '{"message":"Too large"}') : request),
    }),
    fails: ['large-bodies'],
    says: '413 from the LRS',
  },
  {
    what: 'fails on what is too large',
    interfere: () => ({
      answer: (answer) => (answer.status === 413 ? anAnswer(500, '{"message":"Internal Server Error"}') : answer),
    }),
    fails: ['large-bodies', 'oversized-bodies'],
    says: 'no 5xx',
  },
  {
    what: 'refuses what is too large with 400',
    interfere: () => ({
      answer: (answer, { body }) =>
        answer.status === 413 && body.length > 4_900_000 ? { ...answer, status: 400 } : answer,
    }),
    fails: ['oversized-bodies'],
    says: 'keep requests below 4.5 MB',
  },
  {
    what: 'drops the base path from more',
    interfere: () => rewritesMore('"more":"/xapi/', '"more":"/'),
    fails: ['paging'],
    says: /more as a path from the root: \/xapi\/statements[^]*gave more: \/statements\?[^]*basePath and domainMapping/u,
  },
  {
    what: 'makes more absolute',
    interfere: () => rewritesMore('"more":"/', '"more":"http://internal.example.com/'),
    fails: ['paging'],
    says: 'gave more: http://internal.example.com',
  },
  {
    what: 'shows statements later than it promises',
    interfere: () => lateQueries(1_000),
    fails: ['consistency'],
    says: /every statement stored at or before the header \d[^]*raise LRS_INDEX_LAG_MS/u,
  },
  {
    what: 'never shows new statements',
    interfere: () => lateQueries(Number.POSITIVE_INFINITY),
    fails: ['paging', 'consistency'],
    says: 'a page with all 5 statements within',
  },
  {
    what: 'fails now and then',
    interfere: occasionalFailures,
    fails: ['timing'],
    says: /503 \(from what is in front of it, not from the LRS\)[^]*new accounts run 10/u,
  },
  {
    what: 'hangs up now and then',
    interfere: () => ({
      request: (request) => {
        if (request.target.endsWith('nonsense=1')) throw new Error('hung up');
        return request;
      },
    }),
    fails: ['error-bodies', 'request-ids'],
    says: /an answer[^]*GET \/statements: socket hang up/u,
  },
  {
    what: 'deletes nothing',
    interfere: () => ({
      request: (request) => (request.method === 'DELETE' && request.target.includes('?') ? NEVER : request),
    }),
    fails: ['clean-up'],
    says: 'no documents any more',
  },
];

/** What a gateway, a firewall and CloudFront may do without harm to clients, all at once. */
export const HARMLESS: Interference = {
  request: (request) => {
    if (request.target.length > 8_192) return anAnswer(414, '<h1>414 URI Too Long</h1>', { server: 'CloudFront' });
    if (request.body.length > 10_485_760) return anAnswer(413, 'HTTP content length exceeded 10485760 bytes.');
    if (request.body.length > 4_700_000) return anAnswer(413, '{"message":"Request Too Long"}');
    if (request.target.endsWith('/no-such-resource')) return anAnswer(404, '{"message":"Not Found"}');
    return withHeaders(request, { 'accept-encoding': undefined });
  },
  answer: (answer, { method }) => {
    const { etag, ...headers } = answer.headers;
    const common = {
      ...headers,
      ...(etag !== undefined && { ETag: `W/${etag}` }),
      'APIGW-RequestId': 'Aa1=',
      Via: '1.1 abc.cloudfront.net (CloudFront)',
      'X-Cache': 'Miss from cloudfront',
      ...(method === 'HEAD' && { 'content-length': '0' }),
    };
    return { ...answer, headers: common, status: method === 'OPTIONS' && answer.status === 204 ? 200 : answer.status };
  },
};

function anAnswer(status: number, body: string, headers: ProxiedAnswer['headers'] = {}): ProxiedAnswer {
  return { status, headers, body: Buffer.from(body) };
}

function withHeaders<Message extends ProxiedRequest | ProxiedAnswer>(
  message: Message,
  headers: ProxiedAnswer['headers'],
): Message {
  return { ...message, headers: { ...message.headers, ...headers } };
}

function renames(name: string, other: string): Interference {
  return { answer: (answer) => withHeaders(answer, { [name]: undefined, [other]: answer.headers[name] }) };
}

function rewritesMore(from: string, to: string): Interference {
  return {
    answer: (answer) => ({
      ...answer,
      body: answer.body.includes(from) ? Buffer.from(answer.body.toString().replace(from, to)) : answer.body,
    }),
  };
}

/** As who decodes what are no characters. */
function asText(body: Buffer): Buffer {
  return Buffer.from(body.toString());
}

function isForm({ headers }: ProxiedRequest): boolean {
  return headers['content-type'] === 'application/x-www-form-urlencoded';
}

function statementIdOf({ target }: ProxiedRequest): string | undefined {
  return /[?&]statementId=([\w-]+)/u.exec(target)?.[1];
}

function isDocument({ target, method }: ProxiedRequest): boolean {
  return method === 'GET' && target.includes('stateId=');
}

/** Does not find statements whose text holds this. */
function lateReads(text: string): Interference {
  const hidden = new Set<string>();
  return {
    request: (request) => {
      const id = statementIdOf(request);
      if (id === undefined) return request;
      if (request.method === 'PUT' && request.body.includes(text)) hidden.add(id);
      const isHidden = request.method === 'GET' && hidden.has(id);
      return isHidden ? anAnswer(404, '{"code":"statement-not-found","requestId":"1"}') : request;
    },
  };
}

function conflictingReplays(): Interference {
  const seen = new Set<string>();
  return {
    request: (request) => {
      const id = statementIdOf(request);
      if (request.method !== 'PUT' || id === undefined) return request;
      if (seen.has(id)) return anAnswer(409, '{"code":"statement-conflict","requestId":"1"}');
      seen.add(id);
      return request;
    },
  };
}

function keptAnswers(): Interference {
  const kept = new Map<string, ProxiedAnswer>();
  return {
    request: (request) => (isDocument(request) && kept.get(request.target)) || request,
    answer: (answer, request) => {
      if (isDocument(request) && request.target.includes('fresh-answers')) kept.set(request.target, answer);
      return answer;
    },
  };
}

/** Leaves statements out of pages until this many milliseconds after the first page that had them. */
function lateQueries(delay: number): Interference {
  const firstSeen = new Map<string, number>();
  return {
    answer: (answer, { target }) => {
      if (!target.includes('activity=') || answer.status !== 200) return answer;
      const now = performance.now();
      const { statements, ...rest }: { readonly statements: readonly { readonly id: string }[] } = JSON.parse(
        answer.body.toString(),
      );
      for (const { id } of statements) if (!firstSeen.has(id)) firstSeen.set(id, now);
      const shown = statements.filter(({ id }) => now - (firstSeen.get(id) ?? now) >= delay);
      return { ...answer, body: Buffer.from(JSON.stringify({ ...rest, statements: shown })) };
    },
  };
}

/** After many reads of one statement. */
function occasionalFailures(): Interference {
  const reads = new Map<string, number>();
  return {
    request: (request) => {
      const id = statementIdOf(request);
      if (id === undefined || request.method !== 'GET') return request;
      const count = (reads.get(id) ?? 0) + 1;
      reads.set(id, count);
      return count === 40 ? anAnswer(503, '{"message":"Service Unavailable"}') : request;
    },
  };
}

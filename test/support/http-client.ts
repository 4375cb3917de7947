import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { Problem } from '#xapi/errors.ts';
import type { Statement } from '#xapi/statement/statement.ts';
import type { XapiVersion } from '#xapi/version.ts';

export interface HttpRequest {
  /** `GET` unless said otherwise. */
  readonly method?: string;
  /** Below the endpoint, for example `/statements`. */
  readonly path: string;
  /** Text goes out as it is, even when it is no valid query string. */
  readonly query?: string | Readonly<Record<string, string>>;
  /** Beside `Authorization` and `X-Experience-API-Version`; undefined takes one of these away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Uint8Array;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
}

/** The body of an error. */
export interface ProblemReply extends Problem {
  readonly requestId: string;
}

/** xAPI 1.0.3, Data 2.5. */
export interface StatementPageReply {
  readonly statements: readonly Required<Pick<Statement, 'id' | 'stored'>>[];
  readonly more: string;
}

export interface HttpClient {
  /** Rejects when no whole answer came. */
  send(sent: HttpRequest): Promise<HttpReply>;
  getJson(path: string, query?: HttpRequest['query']): Promise<HttpReply>;
  /** Sends JSON; text goes out as it is. */
  post(path: string, json: object | string): Promise<HttpReply>;
  /** As `post`. */
  putStatement(id: string, json: object | string): Promise<HttpReply>;
  close(): void;
}

interface Address {
  readonly url: string;
  readonly authorization: string;
}

/** A client that changes nothing of what it is given to send, and nothing of what it gets. */
export function httpClient({ url, authorization }: Address, version: XapiVersion = '1.0.3'): HttpClient {
  const agent = new Agent({ keepAlive: true });
  const standard = { authorization, 'x-experience-api-version': version };
  const send = async ({ method = 'GET', path, query, headers, body }: HttpRequest): Promise<HttpReply> => {
    const { hostname, port, pathname } = new URL(url);
    const target = `${pathname}${path}${queryString(query)}`;
    const all = Object.entries({ ...standard, ...headers }).filter(([, value]) => value !== undefined);
    const outgoing = request({ agent, hostname, port, method, path: target, headers: Object.fromEntries(all) });
    outgoing.end(body);
    return reply(outgoing);
  };
  return {
    send,
    getJson: (path, query = {}) => send({ path, query }),
    post: (path, body) => send({ path, ...jsonBody('POST', body) }),
    putStatement: (id, body) => send({ path: '/statements', query: { statementId: id }, ...jsonBody('PUT', body) }),
    close: () => {
      agent.destroy();
    },
  };
}

function jsonBody(method: string, body: object | string): Omit<HttpRequest, 'path'> {
  return {
    method,
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

async function reply(outgoing: ReturnType<typeof request>): Promise<HttpReply> {
  const [message] = await once(outgoing, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return { status: message.statusCode, headers: message.headers, bytes, text: bytes.toString() };
}

function queryString(query: HttpRequest['query'] = {}): string {
  const text = typeof query === 'string' ? query : new URLSearchParams(query).toString();
  return text === '' ? '' : `?${text}`;
}

export function problemIn({ text }: HttpReply): ProblemReply {
  const problem: ProblemReply = JSON.parse(text);
  return problem;
}

export function pageIn({ text }: HttpReply): StatementPageReply {
  const page: StatementPageReply = JSON.parse(text);
  return page;
}

export function statementIn({ text }: HttpReply): Required<Statement> {
  const statement: Required<Statement> = JSON.parse(text);
  return statement;
}

export function idsIn({ text }: HttpReply): readonly string[] {
  const ids: readonly string[] = JSON.parse(text);
  return ids;
}

/** The ids of all statements that match, page by page to the end. */
export async function walk(
  client: Pick<HttpClient, 'getJson' | 'send'>,
  url: string,
  query: Readonly<Record<string, string>>,
): Promise<string[]> {
  const ids: string[] = [];
  let answer = await client.getJson('/statements', query);
  for (;;) {
    const { statements, more } = pageIn(answer);
    ids.push(...statements.map(({ id }) => id));
    if (more === '') return ids;
    answer = await client.send(followed(more, url));
  }
}

/** @param more from the root, as an LRS gives it. */
export function followed(more: string, url: string): HttpRequest {
  return { path: more.slice(new URL(url).pathname.length) };
}

import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type Answer, NoAnswer, quote } from './answer.ts';
import type { Legible } from './legible.ts';
import { EndlessAnswer, receivedBytes } from './received-bytes.ts';

export interface Access {
  readonly key: string;
  readonly secret: string;
}

export interface Sent {
  /** `GET` unless said otherwise. */
  readonly method?: string;
  /** Below the endpoint, or below `base`. */
  readonly path: string;
  /** A path in the place of the endpoint's, without a slash at its end. */
  readonly base?: string;
  /** Text goes out as it is, whatever it holds. */
  readonly query?: string | Readonly<Record<string, string>>;
  /** Beside the standard ones; undefined takes one of these away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Uint8Array;
  /** Sends the body without telling its length before. */
  readonly chunked?: boolean;
}

/** Changes nothing of what it is given to send, and nothing of what it gets. */
export interface Client {
  /** @throws NoAnswer, EndlessAnswer; the reason of the signal when it is aborted. */
  send(sent: Sent, signal: AbortSignal): Promise<Answer>;
  /** Requests so far. */
  count(): number;
  close(): void;
}

/** Firewalls refuse requests without one. */
const USER_AGENT = 'serverless-lrs-smoke';

export function basic({ key, secret }: Access): string {
  return `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
}

/** What every request carries unless it says otherwise. */
export function standardHeaders(access: Access): Readonly<Record<string, string>> {
  return { authorization: basic(access), 'x-experience-api-version': '1.0.3', 'user-agent': USER_AGENT };
}

/** The path from the root, and the query string. */
export function targetOf(endpoint: URL, { path, base = endpoint.pathname, query = '' }: Sent): string {
  const text = typeof query === 'string' ? query : new URLSearchParams(query).toString();
  return `${base}${path}${text === '' ? '' : `?${text}`}`;
}

/** @param timeout of a request with its answer, in milliseconds */
export function createClient(endpoint: URL, access: Access, timeout: number, legible: Legible): Client {
  const isTls = endpoint.protocol === 'https:';
  const agent = isTls ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const open = isTls ? httpsRequest : httpRequest;
  const standard = standardHeaders(access);
  let requests = 0;
  const attempt = async (sent: Sent, signal: AbortSignal): Promise<Answer> => {
    const start = performance.now();
    const request = open(new URL(endpoint.origin), {
      agent,
      path: targetOf(endpoint, sent),
      method: sent.method ?? 'GET',
      headers: headersOf(sent, standard),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    });
    requests += 1;
    const { message, body } = await exchange(request, sent);
    return {
      request: describe(sent),
      status: message.statusCode ?? 0,
      headers: flat(message.headers),
      body,
      excerpt: () => quote(body, legible),
      milliseconds: performance.now() - start,
    };
  };
  return {
    send: async (sent, signal) => {
      try {
        return await attempt(sent, signal).catch((error: unknown) => {
          if (error instanceof LostConnection) return attempt(sent, signal);
          throw error;
        });
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof EndlessAnswer) throw error;
        throw new NoAnswer(describe(sent), reasonOf(error, timeout));
      }
    },
    count: () => requests,
    close: () => {
      agent.destroy();
    },
  };
}

/** The server closed an idle connection in the moment it was used again: nothing was received, all may be sent again. */
class LostConnection extends Error {}

async function exchange(
  request: ClientRequest,
  sent: Sent,
): Promise<{ readonly message: IncomingMessage; readonly body: Buffer }> {
  const { body, chunked = false } = sent;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request.once('response', resolve);
  // A server that refuses a body may close the connection while it is still sent; the answer is there nevertheless.
  request.on('error', (error) => {
    const isLost = request.reusedSocket && 'code' in error && error.code === 'ECONNRESET';
    reject(isLost ? new LostConnection(error.message, { cause: error }) : error);
  });
  if (chunked && body !== undefined) {
    request.write(body);
    request.end();
  } else {
    request.end(body);
  }
  const message = await promise;
  const bytes = receivedBytes(describe(sent));
  try {
    for await (const chunk of message) bytes.add(chunk);
  } catch (error) {
    request.destroy();
    throw error;
  }
  return { message, body: bytes.all() };
}

function headersOf(
  { headers, body, chunked = false, method = 'GET' }: Sent,
  standard: Readonly<Record<string, string>>,
): Record<string, string> {
  const hasLength = !chunked && (body !== undefined || method === 'PUT' || method === 'POST');
  const length = hasLength ? { 'content-length': String(Buffer.byteLength(body ?? '')) } : {};
  const all = Object.entries({ ...standard, ...length, ...headers });
  return Object.fromEntries(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function flat(headers: IncomingMessage['headers']): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value = '']) => [name, String(value)]);
  return Object.fromEntries(entries);
}

function describe({ method = 'GET', path }: Sent): string {
  return `${method} ${path}`;
}

function reasonOf(error: unknown, timeout: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'AbortError') return `no answer within ${timeout / 1_000} s`;
  // Several addresses were tried, and each has an error of its own.
  if (error instanceof AggregateError && error.message === '') return error.errors.map(String).join(', ');
  return error.message;
}

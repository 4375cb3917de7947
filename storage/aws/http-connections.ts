import {
  Agent,
  request as overHttp,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { Agent as TlsAgent, request as overTls } from 'node:https';
import type { Socket } from 'node:net';
import { answerBytes } from '#storage/aws/answer-bytes.ts';

export interface HttpRequest {
  readonly method: string;
  /** Without a query. */
  readonly url: URL;
  /** As it is sent, without the question mark; empty for none. */
  readonly query: string;
  /** All that are sent, `host` included; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Node makes its headers when they are asked for, and hardly anybody asks. */
class Answer implements HttpAnswer {
  readonly #message: IncomingMessage;
  readonly status: number;
  readonly body: Buffer;

  constructor(message: IncomingMessage, body: Buffer) {
    this.#message = message;
    this.status = message.statusCode ?? 0;
    this.body = body;
  }

  get headers(): IncomingHttpHeaders {
    return this.#message.headers;
  }
}

/**
 * Sends a request and resolves to the whole answer.
 *
 * @param signal ends it: it fails with an `AbortError`
 * @throws Node's errors and `TimeoutError` when there is no whole answer; `ECONNRESET` also when it is not HTTP
 */
export type HttpExchange = (request: HttpRequest, signal?: AbortSignal) => Promise<HttpAnswer>;

/** Milliseconds, under the names that the SDK has for them. */
export interface HttpTimeouts {
  /**
   * From the begin of a request until it has a connection, the wait for one that others use included: much less than
   * `requestTimeout`, so that none is sent just before it is given up.
   */
  readonly connectionTimeout: number;
  /** From the begin of a request to that of its answer, the sending of the body included. */
  readonly requestTimeout: number;
  /** In which nothing is sent and nothing comes. */
  readonly socketTimeout: number;
}

const SOCKETS = { keepAlive: true, maxSockets: 100 };

/**
 * Replaces two of the hooks that Node's agents have. Theirs name a connection of TLS by two dozen settings, three times a
 * request, where host and port tell all that differ here; and have the headers of every answer made to see how long the server says
 * that it keeps the connection, which DynamoDB and S3 do not say. One that has ended meanwhile is tried again.
 */
function keeping<Kind extends Agent>(agent: Kind): Kind {
  agent.getName = ({ host, port } = {}) => `${host}:${port}`;
  agent.keepSocketAlive = (socket: Socket) => {
    // Whoever has nothing else to do may end; and while nothing is asked, nothing has to come.
    socket.unref();
    socket.setTimeout(0);
    return true;
  };
  return agent;
}

/** HTTP with Node's client, over connections that are kept for what comes next. */
export class HttpConnections {
  readonly #timeouts: HttpTimeouts;
  readonly #agent = keeping(new Agent(SOCKETS));
  readonly #tlsAgent = keeping(new TlsAgent(SOCKETS));

  constructor(timeouts: HttpTimeouts) {
    this.#timeouts = timeouts;
  }

  readonly exchange: HttpExchange = async (request, signal) => {
    const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
    if (signal?.aborted === true) throw abortError(signal);
    const { connectionTimeout, requestTimeout, socketTimeout } = this.#timeouts;
    const outgoing = this.#begin(request);
    const fail = (error: Error): void => {
      // What breaks off then is not why it fails.
      reject(error);
      outgoing.destroy();
    };
    const failLate = (what: string, limit: number): void => fail(timeoutError(`${what} within ${limit} ms`));
    const abort = (): void => fail(abortError(signal));
    signal?.addEventListener('abort', abort, { once: true });
    const answerTimer = setTimeout(() => failLate('no answer', requestTimeout), requestTimeout);
    let connectionTimer: NodeJS.Timeout | undefined;

    // One that was kept is there at once.
    if (!outgoing.reusedSocket) {
      connectionTimer = setTimeout(() => failLate('no connection', connectionTimeout), connectionTimeout);
      outgoing.on('socket', (socket) => {
        if (socket.connecting) socket.once('connect', () => clearTimeout(connectionTimer));
        else clearTimeout(connectionTimer);
      });
    }
    outgoing.on('timeout', () => failLate('nothing came', socketTimeout));
    outgoing.on('error', (error) => reject(isUnreadable(error) ? connectionLost(error) : error));
    let isAnswered = false;
    outgoing.on('response', (response) => {
      isAnswered = true;
      clearTimeout(answerTimer);
      answerBytes(response).then((body) => resolve(new Answer(response, body)), reject);
    });
    outgoing.on('close', () => {
      clearTimeout(answerTimer);
      clearTimeout(connectionTimer);
      signal?.removeEventListener('abort', abort);
      // Nothing else tells of an answer that switches to another protocol.
      if (!isAnswered) reject(connectionLost());
    });
    outgoing.end(request.body);
    return promise;
  };

  #begin({ method, url: { protocol, hostname, port, pathname }, query, headers }: HttpRequest): ClientRequest {
    const isPlain = protocol === 'http:';
    const options: RequestOptions = {
      method,
      hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
      port,
      path: query === '' ? pathname : `${pathname}?${query}`,
      headers: listOf(headers),
      timeout: this.#timeouts.socketTimeout,
      agent: isPlain ? this.#agent : this.#tlsAgent,
    };
    return isPlain ? overHttp(options) : overTls(options);
  }
}

/** Names and values by turns: as a list Node takes them as they are, instead of one by one. */
function listOf(headers: HttpRequest['headers']): readonly string[] {
  const list: string[] = [];
  for (const [name, value] of Object.entries(headers)) list.push(name, value);
  return list;
}

/** As the SDK names it, whose strategy tries again then. */
function timeoutError(message: string): Error {
  return Object.assign(new Error(message), { name: 'TimeoutError' });
}

/** As Node tells it, so that it counts as such for whoever tries again. */
function connectionLost(cause?: Error): Error {
  return Object.assign(new Error('There was no answer that could be read', { cause }), { code: 'ECONNRESET' });
}

/** Whether Node could not parse the answer, and has closed the connection: AWS sends none such, something in between may. */
function isUnreadable(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string' && error.code.startsWith('HPE_');
}

function abortError(signal: AbortSignal | undefined): Error {
  return Object.assign(new Error('The request was aborted', { cause: signal?.reason }), { name: 'AbortError' });
}

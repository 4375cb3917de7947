import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { hiddenLoopback } from '#local/hidden-loopback.ts';

export interface ProxiedRequest {
  readonly method: string;
  /** Path and query string, as sent. */
  readonly target: string;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface ProxiedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Sent even where HTTP has no body. */
  readonly surplus?: string;
}

/** What a proxy does with what passes through it; each run of a test has one of its own. */
export interface Interference {
  /** Sends another request, or answers by itself. */
  request?(request: ProxiedRequest): ProxiedRequest | ProxiedAnswer | Promise<ProxiedRequest>;
  answer?(answer: ProxiedAnswer, request: ProxiedRequest): ProxiedAnswer;
}

export interface ProxyOptions {
  /** URL of the endpoint behind it. */
  readonly upstream: string;
  readonly interference?: Interference;
  /** PEM; plain HTTP without. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface Proxy {
  /** As the endpoint behind it, but with the proxy's own origin. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A proxy on loopback that changes nothing but what it is told to. */
export async function startProxy({ upstream, interference = {}, tls }: ProxyOptions): Promise<Proxy> {
  const { hostname, port, pathname } = new URL(upstream);
  // Another address than that of other proxies, so that an LRS which counts by address does not take them for one.
  const localAddress = await hiddenLoopback();
  const forward = async (request: ProxiedRequest): Promise<ProxiedAnswer> => {
    const { method, target, body } = request;
    const outgoing = httpRequest({ hostname, port, localAddress, method, path: target, headers: forwarded(request) });
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    outgoing.on('response', resolve).on('error', reject).end(body);
    const message = await promise;
    const answered = await readAll(message);
    return { status: message.statusCode ?? 0, headers: flat(message.headers), body: answered };
  };
  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const sent = await requestOf(message);
    const altered = (await interference.request?.(sent)) ?? sent;
    const answer = 'status' in altered ? altered : await forward(altered);
    write(response, sent, interference.answer?.(answer, sent) ?? answer);
  };
  const listener = (message: IncomingMessage, response: ServerResponse): void => {
    serve(message, response).catch(() => response.destroy());
  };
  const limits = { maxHeaderSize: 64 * 1024 };
  const server = tls === undefined ? createServer(limits, listener) : createTlsServer({ ...limits, ...tls }, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const own = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: tls === undefined ? `http://127.0.0.1:${own}${pathname}` : `https://localhost:${own}${pathname}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function requestOf(message: IncomingMessage): Promise<ProxiedRequest> {
  const { method = 'GET', url = '/' } = message;
  const body = await readAll(message);
  return { method, target: url, headers: flat(message.headers), body };
}

/** Without what belongs to the connection to the client. */
function forwarded({ headers, body }: ProxiedRequest): Record<string, string> {
  const own = { 'transfer-encoding': undefined, connection: undefined };
  return defined({ ...headers, ...own, 'content-length': body.length === 0 ? undefined : String(body.length) });
}

function write(response: ServerResponse, { method }: ProxiedRequest, answer: ProxiedAnswer): void {
  const { status, headers, body, surplus } = answer;
  const hasBody = method !== 'HEAD' && status !== 204;
  response.writeHead(
    status,
    defined({
      ...headers,
      'transfer-encoding': undefined,
      connection: undefined,
      ...(hasBody && { 'content-length': String(body.length) }),
    }),
  );
  if (surplus !== undefined) {
    response.flushHeaders();
    response.socket?.write(surplus);
  }
  response.end(hasBody ? body : undefined);
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function flat(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value = '']) => [name, String(value)]));
}

function defined(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

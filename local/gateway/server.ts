import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Route } from '#lib/routes.ts';
import { BodyMemory } from '#local/gateway/body-memory.ts';
import { toEvent } from '#local/gateway/event.ts';
import { FAILED, fromRefusal } from '#local/gateway/gateway-response.ts';
import type { GatewayResponse } from '#local/gateway/gateway-response.ts';
import { splitTarget } from '#local/gateway/gateway-request.ts';
import type { GatewayRequest } from '#local/gateway/gateway-request.ts';
import type { GatewayHandlers } from '#local/gateway/handler.ts';
import { invoke } from '#local/gateway/invoke.ts';
import { refuseLargeEvent, refuseLongHead } from '#local/gateway/limits.ts';
import { matchRoute, noRoute } from '#local/gateway/match-route.ts';
import { readBody } from '#local/gateway/read-body.ts';

/** Bytes; above the gateway's limit, so that what exceeds that one gets an answer that says so. */
const PARSER_LIMIT = 64 * 1024;
/** Milliseconds. Clients that keep a connection for some seconds must not lose it in the moment they use it. */
const KEEP_ALIVE = 60_000;
/** Requests without a body go without the events of one, from Node 24.12 on. */
const SERVER_OPTIONS = { maxHeaderSize: PARSER_LIMIT, keepAliveTimeout: KEEP_ALIVE, optimizeEmptyRequests: true };

export interface GatewayOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** What the resources of the xAPI are below, as an answer to any other path says. */
  readonly basePath: string;
  /** With whole paths. */
  readonly routes: readonly Route[];
  /** Requests that come before they are there wait for them. */
  readonly handlers: Promise<GatewayHandlers>;
}

export interface Gateway {
  readonly port: number;
  /** Takes no more requests, and lets those in flight finish within this many milliseconds. */
  stop(patience: number): Promise<void>;
}

/**
 * HTTP in front of Lambda functions, as an HTTP API of API Gateway with payload format 2.0 and its limits.
 *
 * @throws the error of the operating system when it cannot listen (`EADDRINUSE`, …).
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const inFlight = new Set<ServerResponse>();
  const memory = new BodyMemory();
  const server = createServer(SERVER_OPTIONS, (message, response) => {
    inFlight.add(response);
    response.on('close', () => inFlight.delete(response));
    void serve(message, response, options, memory);
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    stop: async (patience) => {
      const closed = once(server, 'close');
      server.close();
      const finished = Promise.all(Array.from(inFlight, (response) => once(response, 'close')));
      await Promise.race([finished, sleep(patience, undefined, { ref: false })]);
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  options: GatewayOptions,
  memory: BodyMemory,
): Promise<void> {
  const send = (answer: GatewayResponse): void => sendAnswer(message, response, answer, memory);
  try {
    send(await answer(message, options));
  } catch (error) {
    // The client has gone: there is nobody to answer, and nothing wrong here.
    if (message.readableAborted) return;
    console.error('Gateway:', error);
    if (!response.headersSent) send(FAILED);
  }
}

function sendAnswer(
  message: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: GatewayResponse,
  memory: BodyMemory,
): void {
  const { bytes, release } = typeof body === 'string' ? memory.bytesOf(body) : { bytes: body, release: undefined };
  const hasLength = message.method !== 'HEAD' && status !== 204 && status !== 304;
  const sent = [...headers];
  if (hasLength) sent.push('content-length', String(bytes.length));
  // What is left of a body nobody will read must not be taken for the next request.
  if (!message.complete) sent.push('connection', 'close');
  response.writeHead(status, sent);
  // In this encoding, because Node writes headers in that of a text behind them.
  response.end(bytes, 'latin1', release);
}

async function answer(message: IncomingMessage, options: GatewayOptions): Promise<GatewayResponse> {
  const body = await readBody(message);
  if (!Buffer.isBuffer(body)) return fromRefusal(body);
  const request = requestOf(message, body);
  const long = refuseLongHead(request);
  if (long !== undefined) return fromRefusal(long);

  const { path } = splitTarget(request.target);
  const match = matchRoute(options.routes, path);
  if (match === undefined) return fromRefusal(noRoute(options.basePath));
  const { route, pathParameters } = match;
  const { function: name } = route;
  const handler = (await options.handlers)[name];
  if (handler === undefined) throw new Error(`There is no function ${name}.`);

  const identity = { requestId: randomUUID(), now: Date.now(), routeKey: `ANY ${route.path}`, pathParameters };
  const event = toEvent(request, identity);
  const large = refuseLargeEvent(event);
  return large === undefined ? invoke(name, handler, event) : fromRefusal(large);
}

function requestOf(message: IncomingMessage, body: Buffer): GatewayRequest {
  return {
    method: message.method ?? 'GET',
    target: message.url ?? '/',
    protocol: `HTTP/${message.httpVersion}`,
    rawHeaders: message.rawHeaders,
    body,
    sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
  };
}

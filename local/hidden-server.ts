import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { hiddenLoopback } from '#local/hidden-loopback.ts';

/** Milliseconds. Clients keep connections, and must not lose one in the moment they use it. */
const KEEP_ALIVE = 60_000;

/** A service of this process, on loopback. */
export interface HiddenServer {
  /** `http://<host>:<port>` */
  readonly endpoint: string;
  /** Finishes what is in flight. */
  stop(): Promise<void>;
}

/**
 * A request that names the server otherwise than by its address does not come to the listener: a page in a browser may have
 * had its own name bound to the address, to pass for the server.
 *
 * @param port 0 for any that is free
 */
export async function startHiddenServer(listener: RequestListener, port = 0): Promise<HiddenServer> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, (message, response) => {
    if (namesAddress(message)) listener(message, response);
    else refuse(message, response);
  });
  const host = await hiddenLoopback();
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const given = typeof address === 'object' && address !== null ? address.port : port;
  return {
    endpoint: `http://${host}:${given}`,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
}

function namesAddress({ headers, socket }: IncomingMessage): boolean {
  return headers.host === `${socket.localAddress}:${socket.localPort}`;
}

function refuse(message: IncomingMessage, response: ServerResponse): void {
  message.resume();
  response.writeHead(403, { 'content-type': 'text/plain' }).end('This server is reached by its address alone.');
}

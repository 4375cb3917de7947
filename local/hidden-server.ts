import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { hiddenLoopback } from '#local/hidden-loopback.ts';

/** A service of this process, on loopback. */
export interface HiddenServer {
  /** `http://<host>:<port>` */
  readonly endpoint: string;
  /** Finishes what is in flight. */
  stop(): Promise<void>;
}

/** @param port 0 for any that is free */
export async function startHiddenServer(listener: RequestListener, port = 0): Promise<HiddenServer> {
  const server = createServer(listener);
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

/** Whether a request names the server by its address, not by a name that a page's own server gave to it. */
export function namesAddress({ headers, socket }: IncomingMessage): boolean {
  return headers.host === `${socket.localAddress}:${socket.localPort}`;
}

import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { NoAnswer } from './answer.ts';
import { EndlessAnswer, receivedBytes } from './received-bytes.ts';

/** Milliseconds after an answer began, in which nothing more came: then nothing more comes. */
const SILENCE = 2_000;

/** A request without a body, and how to get it to the server. */
export interface RawRequest {
  readonly endpoint: URL;
  readonly method: string;
  /** From the root, with the query string. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Every byte that comes back until the server closes the connection. A client that knows HTTP would not show what a
 * server should not have sent.
 *
 * @param timeout milliseconds
 * @throws NoAnswer, EndlessAnswer
 */
export async function rawExchange(
  { endpoint, method, target, headers }: RawRequest,
  signal: AbortSignal,
  timeout: number,
): Promise<Buffer> {
  const { hostname, host, port, protocol } = endpoint;
  const isTls = protocol === 'https:';
  const address = { host: hostname.replaceAll(/[[\]]/gu, ''), port: Number(port || (isTls ? 443 : 80)) };
  const socket = isTls
    ? connectTls({ ...address, servername: hostname, ALPNProtocols: ['http/1.1'] })
    : connect(address);
  const lines = Object.entries({ host, ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}`);
  const bytes = receivedBytes(`${method} ${target}`);
  const stop = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  const abort = (): void => {
    socket.destroy(new Error(`no answer within ${timeout / 1_000} s`));
  };
  stop.addEventListener('abort', abort);
  socket.once('data', () => socket.setTimeout(SILENCE, () => socket.destroy()));
  socket.write([`${method} ${target} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
  try {
    for await (const chunk of socket) bytes.add(chunk);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EndlessAnswer) throw error;
    // However the connection ended, there was an answer.
    if (bytes.all().length === 0)
      throw new NoAnswer(`${method} ${target}`, error instanceof Error ? error.message : String(error));
  } finally {
    stop.removeEventListener('abort', abort);
    socket.destroy();
  }
  return bytes.all();
}

import { type ChildProcess, spawn } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { HttpConnections, type HttpRequest } from '#storage/aws/http-connections.ts';
import { aServerIdentity, type ServerIdentity } from '#test/support/certificates.ts';

const TIMEOUTS = { connectionTimeout: 200, requestTimeout: 300, socketTimeout: 200 };

const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function urlOf(server: Server, host = '127.0.0.1'): Promise<URL> {
  server.listen(0, host);
  await once(server, 'listening');
  closers.push(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}/`);
}

interface HttpServer {
  readonly url: URL;
  /** Ends those on which nothing is asked. */
  readonly endConnections: () => void;
  /** So many were made to it. */
  readonly connections: () => number;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

async function serving(listener: Listener, host?: string): Promise<HttpServer> {
  let connections = 0;
  const server = createServer((request, response) => {
    Promise.resolve(listener(request, response)).catch((error: unknown) =>
      response.destroy(new Error('No answer', { cause: error })),
    );
  }).on('connection', () => {
    connections += 1;
  });
  closers.push(() => server.closeAllConnections());
  return {
    url: await urlOf(server, host),
    endConnections: () => server.closeIdleConnections(),
    connections: () => connections,
  };
}

async function servingTls(identity: ServerIdentity, text: string): Promise<Pick<HttpServer, 'url' | 'connections'>> {
  let connections = 0;
  const server = createTlsServer(identity, (_, response) => response.end(text)).on('connection', () => {
    connections += 1;
  });
  closers.push(() => server.closeAllConnections());
  const { port } = await urlOf(server);
  return { url: new URL(`https://localhost:${port}/`), connections: () => connections };
}

function requestTo(url: URL, more: Partial<HttpRequest> = {}): HttpRequest {
  const { body } = more;
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return { method: 'POST', url, query: '', headers: { host: url.host, ...length }, ...more };
}

describe('connections', () => {
  it('bring a request there and the whole answer back', async () => {
    const { url } = await serving(async (request, response) => {
      const body = await Array.fromAsync(request, String);
      response.writeHead(404, { 'x-amz-request-id': 'a' }).write(`${request.method} ${request.url} `);
      await sleep(20);
      response.end(`${JSON.stringify(request.headers)} ${body.join('')}`);
    });
    const { exchange } = new HttpConnections(TIMEOUTS);
    const headers = { host: 'other.example.com', 'content-length': '4', 'x-amz-target': 'A.B' };
    const sent = { url: new URL('/a%20b', url), query: 'c=%2F', headers, body: 'ü&' };
    const {
      status,
      headers: received,
      body,
    } = await exchange(requestTo(url, { ...sent, headers: { ...headers, 'content-length': '3' } }));
    expect([status, received['x-amz-request-id']]).toEqual([404, 'a']);
    expect(body.toString()).toMatch(
      /^POST \/a%20b\?c=%2F \{.*"host":"other\.example\.com".*"x-amz-target":"A\.B".*\} ü&$/u,
    );
  });

  it.each([
    ['GET', undefined, ''],
    ['DELETE', undefined, ''],
    ['PUT', Buffer.from('bytes'), 'bytes'],
  ])('send a %s', async (method, body, text) => {
    const { url } = await serving(async (request, response) => {
      response.end(`${request.method} ${(await Array.fromAsync(request, String)).join('')}`);
    });
    const answer = await new HttpConnections(TIMEOUTS).exchange(requestTo(url, { method, body }));
    expect(answer.body.toString()).toBe(`${method} ${text}`);
  });

  it.runIf(hasVersion6())('reach a host that is an address of version 6', async () => {
    const { url } = await serving((_, response) => response.end('here'), '::1');
    expect((await new HttpConnections(TIMEOUTS).exchange(requestTo(url))).body.toString()).toBe('here');
  });

  it('are kept for what comes next, also when nothing comes for a while', async () => {
    const { url, connections } = await serving((_, response) => response.end());
    const { exchange } = new HttpConnections(TIMEOUTS);
    await exchange(requestTo(url));
    await exchange(requestTo(url));
    await sleep(TIMEOUTS.socketTimeout + 200);
    await exchange(requestTo(url));
    expect(connections()).toBe(1);
  });

  it('are kept whatever an answer says of it, as AWS says nothing', async () => {
    const { url, connections } = await serving((_, response) => response.setHeader('keep-alive', 'timeout=1').end());
    const { exchange } = new HttpConnections(TIMEOUTS);
    await exchange(requestTo(url));
    await exchange(requestTo(url));
    expect(connections()).toBe(1);
  });

  it('are made anew where the server has ended them', async () => {
    const { url, connections, endConnections } = await serving((_, response) => response.end());
    const { exchange } = new HttpConnections(TIMEOUTS);
    await exchange(requestTo(url));
    endConnections();
    await sleep(50);
    expect((await exchange(requestTo(url))).status).toBe(200);
    expect(connections()).toBe(2);
  });

  it('speak TLS where the URL says so', async () => {
    const hello = Promise.withResolvers<Buffer>();
    const server = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (bytes) => {
        hello.resolve(bytes);
        socket.destroy();
      });
    });
    const { port } = await urlOf(server);
    const url = new URL(`https://localhost:${port}/`);
    const { exchange } = new HttpConnections({ ...TIMEOUTS, connectionTimeout: 1_000, requestTimeout: 1_000 });
    await expect(exchange(requestTo(url))).rejects.toMatchObject({ code: 'ECONNRESET' });
    const bytes = await hello.promise;
    // RFC 8446, section 5.1: a handshake; it names the host (RFC 6066, section 3).
    expect(bytes[0]).toBe(22);
    expect(bytes.includes('localhost')).toBe(true);
  });

  it('of TLS are kept for one host and port, whose certificate has to name it', async () => {
    const identity = aServerIdentity('localhost');
    const authorities = getCACertificates('default');
    setDefaultCACertificates([...authorities, identity.cert]);
    closers.push(() => setDefaultCACertificates(authorities));
    const [one, other] = [await servingTls(identity, 'one'), await servingTls(identity, 'other')];
    const { exchange } = new HttpConnections({ ...TIMEOUTS, connectionTimeout: 1_000, requestTimeout: 1_000 });
    const said: string[] = [];
    for (const { url } of [one, other, one]) said.push((await exchange(requestTo(url))).body.toString());
    expect(said).toEqual(['one', 'other', 'one']);
    const unnamed = new URL(`https://127.0.0.1:${one.url.port}/`);
    await expect(exchange(requestTo(unnamed))).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    await exchange(requestTo(one.url));
    expect([one.connections(), other.connections()]).toEqual([2, 1]);
  });
});

describe('time-outs', () => {
  it('end a request that gets no answer', async () => {
    const { url } = await serving(() => {});
    const { exchange } = new HttpConnections({ ...TIMEOUTS, socketTimeout: 5_000 });
    const start = performance.now();
    await expect(exchange(requestTo(url))).rejects.toMatchObject({
      name: 'TimeoutError',
      message: 'no answer within 300 ms',
    });
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  it('end an answer that does not go on', async () => {
    const { url } = await serving((_, response) => response.writeHead(200).write('a part'));
    const { exchange } = new HttpConnections({ ...TIMEOUTS, requestTimeout: 5_000 });
    await expect(exchange(requestTo(url))).rejects.toMatchObject({
      name: 'TimeoutError',
      message: 'nothing came within 200 ms',
    });
  });

  it('leave an answer alone that takes longer but goes on', async () => {
    const { url } = await serving(async (_, response) => {
      for (let part = 0; part < 6; part += 1) {
        response.write('a');
        await sleep(80);
      }
      response.end();
    });
    const { exchange } = new HttpConnections(TIMEOUTS);
    for (const connection of ['new', 'kept']) {
      const { body } = await exchange(requestTo(url));
      expect([connection, body.toString()]).toEqual([connection, 'aaaaaa']);
    }
  });

  it.runIf(process.platform === 'linux')('end a connection that is not made', async () => {
    const url = await urlWithoutRoom();
    const { exchange } = new HttpConnections({ ...TIMEOUTS, requestTimeout: 5_000, socketTimeout: 5_000 });
    await expect(exchange(requestTo(url))).rejects.toMatchObject({
      name: 'TimeoutError',
      message: 'no connection within 200 ms',
    });
  });

  it('end the wait for a connection that others use', async () => {
    const { url, connections } = await serving(() => {});
    const timeouts = { connectionTimeout: 500, requestTimeout: 10_000, socketTimeout: 10_000 };
    const { exchange } = new HttpConnections(timeouts);
    const controller = new AbortController();
    const others = Promise.allSettled(Array.from({ length: 100 }, () => exchange(requestTo(url), controller.signal)));
    const start = performance.now();
    await expect(exchange(requestTo(url))).rejects.toMatchObject({
      name: 'TimeoutError',
      message: 'no connection within 500 ms',
    });
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(connections()).toBe(100);
    controller.abort();
    await others;
  });
});

describe('failures', () => {
  it('are those of Node when nobody listens', async () => {
    const { exchange } = new HttpConnections(TIMEOUTS);
    await expect(exchange(requestTo(new URL('http://127.0.0.1:9/')))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it.each([
    ['not HTTP', 'no HTTP\r\n\r\n'],
    ['HTTP at first only', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\nno length\r\n'],
    ['another protocol', 'HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n'],
  ])('are those of a lost connection when the answer is %s', async (_, answer) => {
    const { url } = await serving((request) => request.socket.write(answer));
    await expect(new HttpConnections(TIMEOUTS).exchange(requestTo(url))).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('are those of Node when an answer breaks off', async () => {
    const { url } = await serving((_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('a part', () => response.destroy());
    });
    await expect(new HttpConnections(TIMEOUTS).exchange(requestTo(url))).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});

describe('a signal', () => {
  it('that has been given begins nothing', async () => {
    const { url, connections } = await serving((_, response) => response.end());
    const exchanged = new HttpConnections(TIMEOUTS).exchange(requestTo(url), AbortSignal.abort('why'));
    await expect(exchanged).rejects.toMatchObject({ name: 'AbortError', cause: 'why' });
    expect(connections()).toBe(0);
  });

  it.each([
    ['before the answer', false],
    ['within the answer', true],
  ])('ends what has begun: %s', async (_, answers) => {
    const arrived = Promise.withResolvers<Socket>();
    const { url } = await serving((request, response) => {
      if (answers) response.writeHead(200).write('a part');
      arrived.resolve(request.socket);
    });
    const controller = new AbortController();
    const exchanged = new HttpConnections(TIMEOUTS).exchange(requestTo(url), controller.signal);
    const socket = await arrived.promise;
    const closed = once(socket, 'close');
    setTimeout(() => controller.abort(), 30);
    await expect(exchanged).rejects.toMatchObject({ name: 'AbortError' });
    await closed;
  });

  it('is let go of when there is the answer', async () => {
    const { url } = await serving((_, response) => response.end());
    const { signal } = new AbortController();
    await new HttpConnections(TIMEOUTS).exchange(requestTo(url), signal);
    await expect.poll(() => getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('a process', () => {
  it.each<[string, () => Promise<URL> | URL]>([
    ['an answer', async () => (await serving((_, response) => response.end())).url],
    ['no answer', async () => (await serving((_, response) => response.destroy())).url],
    ['no connection', () => new URL('http://127.0.0.1:9/')],
  ])('ends when there is %s', async (_, place) => {
    const script = `
      import { HttpConnections } from '#storage/aws/http-connections.ts';
      const timeouts = { connectionTimeout: 60_000, requestTimeout: 60_000, socketTimeout: 60_000 };
      const request = { method: 'GET', url: new URL('${(await place()).href}'), query: '', headers: { host: 'a' } };
      await new HttpConnections(timeouts).exchange(request, new AbortController().signal).catch(() => {});`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' });
    closers.push(() => child.kill('SIGKILL'));
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});

/** Of a process that listens but does not run any more, and has been connected to as often as the system lets it. */
async function urlWithoutRoom(): Promise<URL> {
  const script = `require('net').createServer().listen(0, '127.0.0.1', 1, function () { console.log(this.address().port) })`;
  const child: ChildProcess = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  closers.push(() => child.kill('SIGKILL'));
  const [line]: unknown[] = child.stdout === null ? [] : await once(child.stdout, 'data');
  const port = Number(String(line));
  child.kill('SIGSTOP');
  for (let index = 0; index < 4; index += 1) {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    closers.push(() => socket.destroy());
    await Promise.race([once(socket, 'connect'), sleep(100)]);
  }
  return new URL(`http://127.0.0.1:${port}/`);
}

function hasVersion6(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));
}

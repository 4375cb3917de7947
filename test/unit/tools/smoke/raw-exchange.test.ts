import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { NoAnswer } from '#tools/smoke/answer.ts';
import { rawExchange } from '#tools/smoke/raw-exchange.ts';
import { EndlessAnswer } from '#tools/smoke/received-bytes.ts';

/** @returns what came of a request to a server that does this with its connection. */
async function exchangeWith(serve: (socket: Socket) => void): Promise<Buffer> {
  const closed = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    socket
      .on('error', () => {})
      .on('close', () => closed.resolve())
      .resume();
    serve(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const endpoint = new URL(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
  try {
    const request = { endpoint, method: 'HEAD', target: '/about', headers: {} };
    return await rawExchange(request, new AbortController().signal, 20_000);
  } finally {
    await closed.promise;
    server.close();
  }
}

describe('a raw exchange', () => {
  it('gives every byte', async () => {
    expect((await exchangeWith((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nbody'))).toString()).toMatch(/body$/u);
  });

  it('ends with a connection that is closed without an answer', async () => {
    await expect(exchangeWith((socket) => socket.resetAndDestroy())).rejects.toThrow(NoAnswer);
  });

  it('breaks off an answer without an end', async () => {
    const exchange = exchangeWith((socket) => {
      const write = (): void => {
        while (socket.write(Buffer.alloc(64 * 1024)));
      };
      socket.on('drain', write);
      write();
    });
    await expect(exchange).rejects.toThrow(EndlessAnswer);
  });
});

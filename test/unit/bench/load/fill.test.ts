import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fill } from '#bench/load/fill.ts';
import { LrsClient } from '#bench/load/lrs-client.ts';
import { Stopped } from '#bench/support/stopped.ts';

/** Of a server that listens until the test has finished. */
async function portOf(answer: RequestListener): Promise<number> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function fillAt(url: string): Promise<void> {
  const client = new LrsClient({ name: 'LRS', url, key: 'key', secret: 'secret' });
  onTestFinished(() => client.close());
  await fill(client, 'seed', 50, () => undefined);
}

describe('filling an LRS', () => {
  it('stops with the first wrong answer', async () => {
    const port = await portOf((_, response) => void response.writeHead(401).end('{"code":"not-authenticated"}'));
    await expect(fillAt(`http://127.0.0.1:${port}/xapi`)).rejects.toThrow(
      new Stopped('LRS cannot be filled: 401 instead of 200: {"code":"not-authenticated"}'),
    );
  });

  // Nothing listens at port 1; `localhost` mostly has two addresses.
  it.each(['127.0.0.1', 'localhost'])('stops where nothing listens at %s', async (host) => {
    await expect(fillAt(`http://${host}:1/xapi`)).rejects.toThrow(
      /^LRS cannot be filled: connect ECONNREFUSED \S+:1(?:;|$)/u,
    );
  });
});

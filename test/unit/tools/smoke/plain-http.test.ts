import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { freePort } from '#local/free-port.ts';
import { inspectPlainHttp } from '#tools/smoke/checks/plain-http.ts';
import { PACE } from '#tools/smoke/pace.ts';

async function inspect(
  port: number,
): Promise<{ readonly holds: readonly boolean[]; readonly notes: readonly string[] }> {
  const holds: boolean[] = [];
  const notes: string[] = [];
  const inspection = {
    verify: (isTrue: boolean) => holds.push(isTrue) > 0,
    note: (text: string) => notes.push(text),
    signal: new AbortController().signal,
    pace: { ...PACE, plainHttp: 200 },
  };
  await inspectPlainHttp(inspection, new URL(`http://127.0.0.1:${port}/xapi/about`));
  return { holds, notes };
}

async function inspectServer(listener: RequestListener): Promise<ReturnType<typeof inspect>> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const result = await inspect(typeof address === 'object' && address !== null ? address.port : 0);
  server.close();
  server.closeAllConnections();
  return result;
}

describe('plain HTTP', () => {
  it.each([
    ['leads to https', 301, 'https://lrs.example.com/xapi/about', '301 to https://lrs.example.com/xapi/about'],
    ['is refused', 403, undefined, '403'],
  ])('may answer when it %s', async (_, status, location, note) => {
    const result = await inspectServer((_request, response) => {
      response.writeHead(status, location === undefined ? {} : { location }).end();
    });
    expect(result).toEqual({ holds: [true], notes: [note] });
  });

  it.each([
    ['serves', 200, undefined],
    ['leads to plain HTTP', 302, 'http://lrs.example.com/'],
  ])('may not answer when it %s', async (_, status, location) => {
    const { holds } = await inspectServer((_request, response) => {
      response.writeHead(status, location === undefined ? {} : { location }).end();
    });
    expect(holds).toEqual([false]);
  });

  it('best does not answer', async () => {
    expect(await inspect(await freePort())).toEqual({ holds: [], notes: ['no answer'] });
    expect(await inspectServer(() => {})).toEqual({ holds: [], notes: ['no answer'] });
  });
});

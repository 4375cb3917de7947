import { describe, expect, it } from 'vitest';
import { LrsClient } from '#bench/load/lrs-client.ts';
import { readOperations } from '#bench/load/read-operations.ts';
import { runSlice } from '#bench/load/run-slice.ts';
import { statementAt } from '#bench/support/generated.ts';
import { startLoopbackServer } from '#test/support/loopback-server.ts';

const PULL = 100;
const [WALK] = readOperations({ seed: 'seed', count: 1, since: '' }).filter(({ name }) => name.startsWith('more'));

interface Page {
  readonly statements: readonly { readonly id: string; readonly stored: string; readonly result?: unknown }[];
  readonly more: string;
}

/** With other statements before these, so that it is full. */
function aPage(ids: readonly string[], more: string, result?: unknown): Page {
  const others = Array.from({ length: PULL - ids.length }, (_, number) => `${ids.join()}-${number}`);
  return { statements: [...others, ...ids].map((id) => ({ id, stored: '2026-01-01T00:00:00.000Z', result })), more };
}

/** What one who walks by `more` asks of an LRS with such pages, by their paths, and what is found to be wrong. */
async function walkThrough(pages: Readonly<Record<string, Page | string>>, count: number) {
  if (WALK === undefined) throw new Error('There is no walk.');
  const server = await startLoopbackServer(({ path }) => {
    const page = pages[path];
    if (page === undefined) return { status: 404 };
    return { status: 200, body: typeof page === 'string' ? page : JSON.stringify(page) };
  });
  const client = new LrsClient({ name: 'test', url: `${server.url}/xapi`, key: 'key', secret: 'secret' });
  try {
    const { failures } = await runSlice(client, { ...WALK, inFlight: 1 }, { first: 0, count, time: 10_000 });
    return { paths: server.received.map(({ path }) => path), failures };
  } finally {
    client.close();
    await server.stop();
  }
}

const FIRST = `/xapi/statements?limit=${PULL}`;

describe('a walk by more', () => {
  it('begins again behind the last page, and knows what it has seen', async () => {
    const { paths, failures } = await walkThrough(
      { [FIRST]: aPage(['a', 'b'], '/m?"'), '/m?%22': aPage(['c'], '') },
      4,
    );
    expect(paths).toEqual([FIRST, '/m?%22', FIRST, '/m?%22']);
    expect(failures).toEqual([]);
  });

  it('is not misled by a statement that has such a member', async () => {
    const result = { extensions: { more: '/other' } };
    const { paths, failures } = await walkThrough({ [FIRST]: aPage(['a'], '/m', result), '/m': aPage(['b'], '') }, 2);
    expect(paths).toEqual([FIRST, '/m']);
    expect(failures).toEqual([]);
  });

  it('finds a statement for the second time', async () => {
    const { failures } = await walkThrough({ [FIRST]: aPage(['a', 'b'], '/m'), '/m': aPage(['b'], '') }, 4);
    expect(failures).toEqual(Array.from({ length: 2 }, () => 'statement b does not match'));
  });

  it('finds that a page is short though more follow', async () => {
    const { statements } = aPage(['a'], '');
    const short = { statements: statements.slice(1), more: '/m' };
    const { failures } = await walkThrough(
      { [FIRST]: short, '/m': { statements: short.statements.slice(0, 1), more: '' } },
      1,
    );
    expect(failures).toEqual(['99 statements instead of 100 to 100']);
  });

  it('finds that another page was followed than the next one', async () => {
    const statements = JSON.stringify(aPage(['a'], '').statements);
    const misleading = String.raw`{"statements":${statements},"more":"/m","x\"more":"/n"}`;
    const { paths, failures } = await walkThrough({ [FIRST]: misleading, '/n': aPage(['b'], '') }, 2);
    expect(paths).toEqual([FIRST, '/n']);
    expect(failures).toEqual(['/n was followed instead of /m']);
  });

  it('asks again for a page that it did not get', async () => {
    const { paths, failures } = await walkThrough({ [FIRST]: aPage(['a'], '/m') }, 3);
    expect(paths).toEqual([FIRST, '/m', '/m']);
    expect(failures).toEqual(Array.from({ length: 2 }, () => '404 instead of 200: '));
  });
});

describe('a page by a filter', () => {
  const SEED = 'seed';
  const COUNT = 2_000;

  async function failuresOf(name: string, given: number): Promise<readonly string[]> {
    const [operation] = readOperations({ seed: SEED, count: COUNT, since: '' }).filter((one) => one.name === name);
    if (operation === undefined) throw new Error(`There is no ${name}.`);
    const all = Array.from({ length: COUNT }, (_, index) => statementAt(SEED, index));
    const server = await startLoopbackServer(({ path }) => {
      const { searchParams } = new URL(path, 'http://localhost');
      const [verb, registration] = [searchParams.get('verb'), searchParams.get('registration')];
      const found = all.filter((one) => one.verb.id === verb || one.context?.registration === registration);
      const statements = found.slice(0, given).map((one) => ({ ...one, stored: '2026-01-01T00:00:00.000Z' }));
      return { status: 200, body: JSON.stringify({ statements, more: '' }) };
    });
    const client = new LrsClient({ name: 'test', url: `${server.url}/xapi`, key: 'key', secret: 'secret' });
    try {
      return (await runSlice(client, operation, { first: 0, count: 2, time: 10_000 })).failures;
    } finally {
      client.close();
      await server.stop();
    }
  }

  it.each(['page by verb', 'page by registration'])('has as many statements as there are: %s', async (name) => {
    expect(await failuresOf(name, 50)).toEqual([]);
    expect(await failuresOf(name, 49)).toEqual(Array.from({ length: 2 }, () => '49 statements instead of 50 to 50'));
  });
});

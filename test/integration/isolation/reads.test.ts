import { beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '#lib/routes.ts';
import { forEachBounded } from '#storage/bounded.ts';
import { declaredParameters } from '#test/integration/isolation/declared-parameters.ts';
import { type FilledStore, fillStore } from '#test/integration/isolation/filled-store.ts';
import { filterRequests, readRequests } from '#test/integration/isolation/read-requests.ts';
import { startTenants, type TenantRequest, type Tenants } from '#test/integration/isolation/tenants.ts';

const AT_ONCE = 8;

let tenants: Tenants;
let store: FilledStore;
let asked: readonly TenantRequest[];

beforeAll(async () => {
  tenants = await startTenants();
  store = await fillStore(tenants.b);
  asked = readRequests(store);
});

async function expectNothingTold(requests: readonly TenantRequest[]): Promise<void> {
  expect(requests).not.toEqual([]);
  await forEachBounded(requests, AT_ONCE, async (request) => {
    const [answer, alone] = await Promise.all([tenants.a(request), tenants.alone(request)]);
    expect({ request, ...answer }).toEqual({ request, ...alone });
  });
}

describe.each(ROUTES)('what another store has at $path', ({ path }) => {
  it('is not told apart from what there is nowhere', async () => {
    await expectNothingTold(asked.filter((request) => request.path === path));
  });

  it('is not told apart from what there is nowhere in version 1.0.3', async () => {
    const headers = { 'x-experience-api-version': '1.0.3' };
    const requests = asked.filter((request) => request.path === path && request.method === 'GET');
    await expectNothingTold(requests.map((request) => ({ ...request, headers })));
  });

  it('is asked for by each parameter there is, with a value to which its own store gives another answer', async () => {
    if (path === '/about') return;
    const requests = asked.filter((request) => request.path === path && request.method === 'GET');
    const telling = new Set<string>();
    await forEachBounded(requests, AT_ONCE, async (request) => {
      const [own, other] = await Promise.all([tenants.b(request), tenants.a(request)]);
      if (JSON.stringify(own) !== JSON.stringify(other))
        Object.keys(request.query).forEach((name) => telling.add(name));
    });
    const names = requests.flatMap(({ query }) => Object.keys(query));
    expect([...telling].toSorted()).toEqual(await declaredParameters(tenants.a, { path, method: 'GET' }, names));
  });
});

describe('statements of another store', () => {
  it('are not told apart from those that there are nowhere, by any set of filters', async () => {
    await expectNothingTold(filterRequests(store));
  });

  it('are found by any set of filters in their own store', async () => {
    await forEachBounded(filterRequests(store), AT_ONCE, async (request) => {
      const { status, body } = await tenants.b({ ...request, query: { ...request.query, limit: '1' } });
      expect({ request, status, empty: body.includes('"statements":[]') }).toEqual({
        request,
        status: 200,
        empty: false,
      });
    });
  });

  it('are not told apart by a request that is sent as a form', async () => {
    const headers = { 'x-experience-api-version': '1.0.3', 'content-type': 'application/x-www-form-urlencoded' };
    await expectNothingTold(
      filterRequests(store)
        .slice(0, 32)
        .map(({ path, query }) => ({
          path,
          method: 'POST',
          query: { method: 'GET' },
          headers,
          body: new URLSearchParams(query).toString(),
        })),
    );
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '#lib/routes.ts';
import { forEachBounded } from '#storage/bounded.ts';
import { declaredParameters, handledMethods } from '#test/integration/isolation/declared-parameters.ts';
import { type FilledStore, fillStore } from '#test/integration/isolation/filled-store.ts';
import { filterRequests, readRequests } from '#test/integration/isolation/read-requests.ts';
import {
  type Answer,
  type Send,
  startTenants,
  type TenantRequest,
  type Tenants,
  timeless,
} from '#test/integration/isolation/tenants.ts';
import { PHASES } from '#test/integration/isolation/write-requests.ts';

const AT_ONCE = 8;

let tenants: Tenants;
let store: FilledStore;
let questions: readonly TenantRequest[];
let before: ReadonlyMap<TenantRequest, Answer>;

beforeAll(async () => {
  tenants = await startTenants();
  store = await fillStore(tenants.b);
  const someFilters = filterRequests(store).filter((_, index) => index % 17 === 0);
  questions = [...readRequests(store).filter(({ method }) => method === 'GET'), ...someFilters];
  before = await answersTo(tenants.b);
});

async function answersTo(send: Send): Promise<ReadonlyMap<TenantRequest, Answer>> {
  const answers = new Map<TenantRequest, Answer>();
  await forEachBounded(questions, AT_ONCE, async (question) => {
    answers.set(question, await send(question));
  });
  return answers;
}

describe.each(Object.entries(PHASES))('a store that %s', (_, writes) => {
  it('is answered as if there were no other store', async () => {
    for (const { request, status } of writes(store)) {
      const [answer, alone] = await Promise.all([tenants.a(request), tenants.alone(request)]);
      expect({ request, ...answer }).toEqual({ request, ...alone, status });
    }
  });

  it('has afterwards what it would have if there were no other store', async () => {
    const alone = await answersTo(tenants.alone);
    for (const [request, answer] of await answersTo(tenants.a)) {
      expect({ request, ...timeless(answer) }).toEqual({ request, ...timeless(alone.get(request) ?? answer) });
    }
  });
});

describe('a store after all that another has done', () => {
  it('is what it was', async () => {
    expect(await answersTo(tenants.b)).toEqual(before);
  });
});

describe('a link to the next page', () => {
  const query = { verb: 'http://example.com/verbs/attended', limit: '1' };

  it('leads nobody into a store but those it was given to', async () => {
    const { more }: { more: string } = JSON.parse(
      (await tenants.a({ path: '/statements', method: 'GET', query })).body,
    );
    const link: TenantRequest = {
      path: '/statements',
      method: 'GET',
      query: Object.fromEntries(new URLSearchParams(more.split('?')[1])),
    };
    expect(await tenants.a(link)).toMatchObject({ status: 200 });
    expect(await tenants.b(link)).toMatchObject({ status: 400, body: expect.stringContaining('"path":"cursor"') });
  });
});

describe.each(ROUTES)('the requests to $path', ({ path }) => {
  it('are of every method with every parameter there is', async () => {
    const writes = Object.values(PHASES).flatMap((phase) => phase(store).map(({ request }) => request));
    const sent = [...readRequests(store), ...filterRequests(store), ...writes].filter(
      (request) => request.path === path,
    );
    const methods = [...new Set(sent.map(({ method }) => method))];
    expect(methods.toSorted()).toEqual((await handledMethods(tenants.a, path)).toSorted());
    for (const method of methods) {
      const used = sent.filter((request) => request.method === method).flatMap(({ query }) => Object.keys(query));
      const declared = await declaredParameters(tenants.a, { path, method }, used);
      expect({ method, names: [...new Set(used)].toSorted() }).toEqual({ method, names: declared });
    }
  });
});

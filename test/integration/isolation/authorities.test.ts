import { beforeAll, describe, expect, it } from 'vitest';
import { forEachBounded } from '#storage/bounded.ts';
import { aCredential } from '#test/support/credentials.ts';
import { startFunctions } from '#test/support/function-handlers.ts';
import { type FilledStore, fillStore, sendAll } from '#test/integration/isolation/filled-store.ts';
import { firstOfA, recordsOfA, restOfA } from '#test/integration/isolation/learners.ts';
import { filterRequests, readRequests } from '#test/integration/isolation/read-requests.ts';
import { AUTHORITY, type Send, sender, type TenantRequest, timeless } from '#test/integration/isolation/tenants.ts';

const AT_ONCE = 8;

let store: FilledStore;
/** Who reads statements of the own authority only, besides one who has everything, and alone. */
let mine: Send;
let alone: Send;
let everything: Send;

beforeAll(async () => {
  const own = aCredential({ key: 'mine', scopes: ['statements/write', 'statements/read/mine'] });
  const [both, one] = await Promise.all([
    startFunctions([aCredential({ authority: AUTHORITY }), own]),
    startFunctions([own]),
  ]);
  [mine, alone, everything] = [sender(both, 'mine'), sender(one, 'mine'), sender(both, 'key')];
  for (const send of [mine, alone]) await sendAll(send, firstOfA());
  store = await fillStore(everything);
  for (const send of [mine, alone]) await sendAll(send, restOfA(store));
});

async function expectNothingTold(requests: readonly TenantRequest[]): Promise<void> {
  expect(requests).not.toEqual([]);
  await forEachBounded(requests, AT_ONCE, async (request) => {
    const [answer, other] = await Promise.all([mine(request), alone(request)]);
    expect({ request, ...timeless(answer) }).toEqual({ request, ...timeless(other) });
  });
}

const ofStatements = (requests: readonly TenantRequest[]): readonly TenantRequest[] =>
  requests.filter(({ path, method }) => path === '/statements' && method === 'GET');

async function firstPage(send: Send): Promise<TenantRequest> {
  const { body } = await send({ path: '/statements', method: 'GET', query: { limit: '1' } });
  const { more }: { more: string } = JSON.parse(body);
  return { path: '/statements', method: 'GET', query: Object.fromEntries(new URLSearchParams(more.split('?')[1])) };
}

describe('a credential that reads statements of its own authority only', () => {
  it('does not tell those of others from those that there are nowhere, by id or any filter', async () => {
    await expectNothingTold(ofStatements(readRequests(store)));
  });

  it('does not tell them by any set of filters', async () => {
    await expectNothingTold(filterRequests(store));
  });

  it('reads its own as if there were no others', async () => {
    await expectNothingTold(ofStatements(readRequests(recordsOfA(store))));
    const { body } = await mine({ path: '/statements', method: 'GET', query: {} });
    const { statements }: { statements: readonly unknown[] } = JSON.parse(body);
    expect(statements).toHaveLength(firstOfA().length + restOfA(store).length - 1);
  });

  it('has links of its own', async () => {
    const links = [await firstPage(mine), await firstPage(everything)];
    const answers = [mine, everything].map((send) => Promise.all(links.map(async (link) => (await send(link)).status)));
    expect(await Promise.all(answers)).toEqual([
      [200, 400],
      [400, 200],
    ]);
  });
});

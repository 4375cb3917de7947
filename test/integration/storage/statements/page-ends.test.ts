import { beforeAll, describe, expect, it } from 'vitest';
import { readPage } from '#test/support/counted-reads.ts';
import { aDraft, drafts, uuidOf } from '#test/support/statement-drafts.ts';
import { type StatementStores, statementStores } from '#test/support/statement-stores.ts';
import { anAgent } from '#test/support/statements.ts';
import { ifiOf } from '#xapi/agent/ifi.ts';

let stores: StatementStores;

beforeAll(async () => {
  stores = await statementStores();
});

describe('a page that ends where a pack does', () => {
  it('has a next one, whose pack is not unpacked for that', async () => {
    const store = 'packs';
    for (const first of [0, 50]) await stores.open().store(store, drafts(50, first));
    const query = { store, filters: {}, ascending: false, maxBytes: 1_000_000 };
    const { statements } = await stores.open().query({ ...query, limit: 100 });
    const older = statements.at(-1)?.at;
    const broken = stores.openIntercepted(async (_, send) => {
      const answer = await send();
      if (!('Items' in answer)) return answer;
      const items = answer.Items?.map((item) => (item['sk']?.S === older ? { ...item, z: { B: Buffer.of(1) } } : item));
      return { ...answer, Items: items };
    });
    const page = await broken.query({ ...query, limit: 50 });
    expect(page.statements.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, index) => uuidOf(99 - index)));
    expect(page.next).toBe(statements[49]?.at);
    await expect(broken.query({ ...query, limit: 51 })).rejects.toThrow(/end of file/u);
  });

  it('has no next one where what follows is not asked for, which only the statements tell', async () => {
    const store = 'filtered';
    const actor = anAgent('ann');
    const agent = ifiOf(actor) ?? '';
    const verb = { id: 'http://example.com/wanted' };
    await stores.open().store(
      store,
      drafts(50, 0, () => ({ actor, object: anAgent('bob') })),
    );
    await stores.open().store(
      store,
      drafts(50, 50, () => ({ actor, object: anAgent('bob'), verb })),
    );
    const query = { store, ascending: false, maxBytes: 1_000_000, limit: 50 };
    const byAgent = await stores.open().query({ ...query, filters: { agent } });
    expect([byAgent.statements.length, byAgent.next]).toEqual([50, byAgent.statements.at(-1)?.at]);
    const page = await stores.open().query({ ...query, filters: { agent, verb: verb.id } });
    expect([page.statements.length, page.next]).toEqual([50, undefined]);
  });
});

describe('a walk in ascending order', () => {
  const query = { filters: {}, ascending: true, maxBytes: 1_000_000, limit: 50 };

  it('does not read the pack again that a page has ended with', async () => {
    const store = 'whole';
    for (const first of [0, 50, 100]) await stores.open().store(store, drafts(50, first));
    const { next } = await stores.open().query({ store, ...query });
    expect(next).toMatch(/^\w{21}~time$/u);
    const { page, items } = await readPage(stores, { store, ...query, ...(next !== undefined && { after: next }) });
    expect(page.statements.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, index) => uuidOf(50 + index)));
    expect(items).toBe(2);
  });

  it('loses nothing when the learner it is about becomes an authority', async () => {
    const store = 'authority';
    await stores.open().store(
      store,
      drafts(50, 0, (index) => ({ actor: anAgent(`learner-${index % 25}`) })),
    );
    const filters = { agent: ifiOf(anAgent('learner-5')) ?? '', relatedAgents: true };
    const { statements, next } = await stores.open().query({ store, ...query, filters, limit: 1 });
    expect(statements.map(({ id }) => id)).toEqual([uuidOf(5)]);
    // Both are in the index by actor, which says nothing of the pack by time that has all.
    expect(next).toMatch(/^\w{21}~actor$/u);
    await stores.open().store(store, [aDraft(uuidOf(100), { authority: anAgent('learner-5') })]);
    const rest = await stores.open().query({ store, ...query, filters, ...(next !== undefined && { after: next }) });
    expect(rest.statements.map(({ id }) => id)).toEqual([uuidOf(30), uuidOf(100)]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { StatementStore } from '#storage/statement-store.ts';
import { attempt, FILTERS } from '#test/support/attempts.ts';
import { concerns, connectionLost, gate } from '#test/support/faulty-client.ts';
import { aDraft, aReference, idsOf, uuidOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';

const stores = await statementStores();
/** One that no other test uses. */
let store: string;

beforeEach(() => {
  store = stores.anotherStore();
});

const [DRAFT] = attempt(1, 0);
const { verb } = DRAFT?.value ?? aDraft('').value;

async function idsByVerb(statements: StatementStore): Promise<readonly string[]> {
  const query = { store, filters: { verb: verb.id }, ascending: false, limit: 50, maxBytes: 1_000_000 };
  const page = await statements.query(query);
  return page.statements.map(({ id }) => id);
}

/** A store, and the partitions that it asks from then on. */
function watched(): { readonly statements: StatementStore; readonly asked: string[] } {
  const asked: string[] = [];
  const statements = stores.openIntercepted((call, send) => {
    if (call.name === 'Query' && 'ExpressionAttributeValues' in call.input) {
      asked.push(call.input.ExpressionAttributeValues?.[':partition']?.S ?? '');
    }
    return send();
  });
  return { statements, asked };
}

describe('a partition that was empty', () => {
  it('is not asked again, until something is written there', async () => {
    const { statements, asked } = watched();
    const single = attempt(1, 0);
    await statements.store(store, single);
    expect(await idsByVerb(statements)).toEqual(idsOf(single));
    expect(asked).toHaveLength(3);
    asked.length = 0;
    expect(await idsByVerb(statements)).toEqual(idsOf(single));
    expect(asked).toEqual([`${store}|${verb.id}|0`]);
    const array = attempt(10, 100);
    await stores.open().store(store, array);
    asked.length = 0;
    const both = [...idsOf(array).toReversed(), ...idsOf(single)];
    expect(await idsByVerb(statements)).toEqual(both);
    expect(asked).toHaveLength(2);
    const reference = aReference(uuidOf(0xabc), single[0]?.id ?? '');
    await stores.open().store(store, [reference]);
    asked.length = 0;
    expect(await idsByVerb(statements)).toEqual([reference.id, ...both]);
    expect(asked).toHaveLength(3);
  });

  it('is asked every time for who may not see everything: by the time it takes they would know that there is nothing', async () => {
    const { statements, asked } = watched();
    const query = { store, filters: { verb: verb.id }, ascending: false, limit: 50, maxBytes: 1_000_000 };
    await statements.query(query);
    for (const visible of [{ authority: 'mailto:ann@example.com' }, { actor: 'mailto:ann@example.com' }]) {
      await statements.query({ ...query, visible });
      asked.length = 0;
      await statements.query({ ...query, visible });
      expect(asked).toHaveLength('actor' in visible ? 2 : 3);
    }
  });

  it('is found out while others write elsewhere', async () => {
    const { reached, pass, open } = gate();
    const writing = stores.openIntercepted(async (_, send) => {
      await pass();
      return send();
    });
    const write = writing.store(stores.anotherStore(), attempt(1, 0));
    await reached;
    const { statements, asked } = watched();
    await idsByVerb(statements);
    asked.length = 0;
    await idsByVerb(statements);
    expect(asked).toEqual([]);
    open();
    await write;
  });

  it('is asked again when it was read while something was written there', async () => {
    const { reached, pass, open } = gate();
    const array = attempt(10, 0);
    const slow = stores.openIntercepted(async (call, send) => {
      const output = await send();
      if (concerns(call, 'pack-verb')) await pass();
      return output;
    });
    const reading = idsByVerb(slow);
    await reached;
    await stores.open().store(store, array);
    open();
    // Its packs were read before.
    expect(await reading).toEqual([]);
    expect(await idsByVerb(stores.open())).toEqual(idsOf(array).toReversed());
  });

  it('is asked again as long as a write may be carried out whose answer was lost', async () => {
    const { reached, pass, open } = gate();
    const array = attempt(10, 0);
    let carriedOut: Promise<unknown> = Promise.resolve();
    const failing = stores.openIntercepted((call, send) => {
      if (call.name !== 'TransactWriteItems') return send();
      carriedOut = pass().then(send);
      throw connectionLost();
    });
    await expect(failing.store(store, array)).rejects.toThrow(/./u);
    await reached;
    expect(await idsByVerb(stores.open())).toEqual([]);
    open();
    await carriedOut;
    expect(await idsByVerb(stores.open())).toEqual(idsOf(array).toReversed());
  });
});

describe('what is found by every filter', () => {
  it.each(FILTERS)('is the same when nothing is known to be empty: %o', async (filters) => {
    const [knowing, ignorant] = [stores.open(), stores.open({ isOnlyWriter: false })];
    const page = async (statements: StatementStore) => {
      const query = { store, filters, ascending: false, limit: 50, maxBytes: 1_000_000 };
      return (await statements.query(query)).statements.map(({ id }) => id);
    };
    for (const [round, array] of [attempt(1, 0), attempt(5, 10), attempt(60, 100), attempt(1, 1_000)].entries()) {
      expect(await page(knowing)).toEqual(await page(ignorant));
      await knowing.store(store, array);
      const found = await page(knowing);
      expect(found).toEqual(await page(ignorant));
      expect(found.length, `round ${round}`).toBeGreaterThan(0);
    }
  });
});

import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { attempt, expectFound, expectVoided, FILTERS, LIMITS, SHARED, voidingOf } from '#test/support/attempts.ts';
import { readPage } from '#test/support/counted-reads.ts';
import { packsIn } from '#test/support/packs-in.ts';
import { aDraft, idsOf, uuidOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { expectFullyIndexed } from '#test/support/statement-walk.ts';
import { anAnonymousGroup } from '#test/support/statements.ts';

const stores = await statementStores();
/** One that no other test uses. */
let store: string;

beforeEach(() => {
  store = stores.anotherStore();
});

/** Compresses to more than an index row or a pack carries. */
const LONG_TEXT = Array.from({ length: 24 }, (_, index) => {
  return createHash('sha512').update(`${index}`).digest('base64');
}).join('');

describe('an array of 50 that shares all that there are packs of', () => {
  it('is 50 statements, 5 packs, and an entry for each thing beside them', async () => {
    const array = attempt(50, 0);
    const calls: string[] = [];
    const statements = stores.openIntercepted((call, send) => {
      calls.push(call.name);
      return send();
    });
    // The authority is known from then on.
    await statements.store(store, [aDraft(uuidOf(0xfff))]);
    calls.length = 0;
    await statements.store(store, array);
    expect(calls).toEqual(['TransactWriteItems']);
    const items = await stores.itemsOf(store);
    expect(packsIn(items)).toEqual({ actor: 50, verb: 50, activity: 50, time: 50, registration: 50 });
    // And the statement before, and the mark of the authority.
    expect(items).toHaveLength(50 + 5 + 2 + 2);
    const indexed = items.filter((item) => ['xa', 'xv', 'xo', 'xt', 'xr'].some((name) => item[name] !== undefined));
    expect(indexed).toHaveLength(1);
  });

  it('is read in few requests, with what its items bring', async () => {
    await stores.open().store(store, attempt(50, 0));
    for (const filters of FILTERS) {
      const { calls, items } = await readPage(stores, { store, filters, limit: 50 });
      expect(calls).toBeLessThanOrEqual(8);
      expect(items).toBeLessThanOrEqual(4);
    }
  });
});

describe('what cannot be in a pack', () => {
  it('is found beside what is: large bodies, groups without a name, references', async () => {
    const array = attempt(40, 0).map(({ id, value }, index) => {
      if (index % 5 === 1) return aDraft(id, { ...value, result: { response: `${index}${LONG_TEXT}` } });
      if (index % 5 === 2) return aDraft(id, { ...value, actor: anAnonymousGroup('ann', 'cid') });
      if (index % 5 === 3) return aDraft(id, { ...value, object: { objectType: 'StatementRef', id: uuidOf(0) } });
      return aDraft(id, value);
    });
    await stores.open().store(store, array);
    await expectFound(stores, store, idsOf(array), LIMITS.slice(1, 3));
    const packs = packsIn(await stores.itemsOf(store));
    expect(packs).toEqual({ actor: 24, verb: 32, activity: 24, time: 32, registration: 32 });
    for (const { value } of array.slice(0, 5)) {
      const targets = value.object.objectType === 'StatementRef' ? [aDraft(uuidOf(0), SHARED).value] : [];
      await expectFullyIndexed(stores.open(), store, value, targets);
    }
  });

  it.each([3, 4])('is what fewer than four share: %i', async (count) => {
    await stores.open().store(store, attempt(count, 0));
    expect(Object.keys(packsIn(await stores.itemsOf(store)))).toHaveLength(count < 4 ? 0 : 5);
    await expectFound(stores, store, idsOf(attempt(count, 0)));
  });
});

describe.each([4, 49, 50, 51, 99, 100, 101, 150, 151])('an array of %i', (size) => {
  it('is found in its order, also when a part of it is there, and when its statements are voided', async () => {
    const statements = stores.open();
    const array = attempt(size, 0);
    const part = array.filter((_, index) => index % 2 === 1);
    await statements.store(store, part);
    const { results } = await statements.store(store, array);
    expect(results).toEqual(array.map((_, index) => (index % 2 === 1 ? 'replayed' : 'stored')));
    const ids = idsOf([...part, ...array.filter((_, index) => index % 2 === 0)]);
    await expectFound(stores, store, ids);
    const voided = ids.filter((_, index) => index % 7 === 2);
    await statements.store(store, voided.map(voidingOf));
    await expectVoided(stores, store, ids, voided);
  });
});

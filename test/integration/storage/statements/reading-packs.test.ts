import { beforeEach, describe, expect, it } from 'vitest';
import { attempt, FILTERS, SHARED } from '#test/support/attempts.ts';
import { readPage } from '#test/support/counted-reads.ts';
import { aDraft, aReference, drafts, idsOf, uuidOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { walk } from '#test/support/statement-walk.ts';
import { anAgent, ifiOfAgent } from '#test/support/statements.ts';
import type { StatementDraft } from '#xapi/statement/statement.ts';

const stores = await statementStores();
/** One that no other test uses. */
let store: string;

beforeEach(() => {
  store = stores.anotherStore();
});

describe('an array of 5,000', () => {
  it('is read from its middle with few requests and items, by all that it shares', async () => {
    const array = attempt(5_000, 0);
    await stores.open({ commitBound: 60_000 }).store(store, array);
    const middle = await stores.open().get(store, uuidOf(2_525));
    for (const filters of FILTERS) {
      for (const ascending of [true, false]) {
        for (const limit of [3, 50]) {
          const { page, calls, items } = await readPage(stores, {
            store,
            filters,
            ascending,
            limit,
            after: middle?.at ?? '',
          });
          const ids = Array.from({ length: limit }, (_, index) => 2_525 + (index + 1) * (ascending ? 1 : -1));
          expect(page.statements.map(({ id }) => id)).toEqual(ids.map(uuidOf));
          const most = { calls: 10, items: 26 };
          expect({
            filters,
            ascending,
            limit,
            calls: Math.max(calls, most.calls),
            items: Math.max(items, most.items),
          }).toEqual({ filters, ascending, limit, ...most });
        }
      }
    }
  }, 60_000);
});

describe('walks over arrays, single statements and what they inherit', () => {
  it.each([1, 3, 50])(
    'skip and repeat nothing while others write: pages of %i',
    async (limit) => {
      const statements = stores.open({ shards: 2 });
      const known: StatementDraft[] = [];
      for (let round = 0; round < 4; round += 1) {
        const first = round * 0x100;
        const one = aDraft(uuidOf(first + 0x80), SHARED);
        const reference = aReference(uuidOf(first + 0x81), uuidOf(first + 3), { actor: anAgent('cid') });
        for (const part of [attempt(24, first), [one], [reference]]) {
          await statements.store(store, part);
          known.push(...part);
        }
      }
      const stop = new AbortController();
      const writer = async (number: number): Promise<void> => {
        for (let round = 0; !stop.signal.aborted && round < 8; round += 1) {
          await statements.store(store, attempt(12, 0x100000 * (number + 1) + round * 0x100));
        }
      };
      const writers = [0, 1].map(writer);
      const wanted = new Set(idsOf(known));
      for (const filters of limit === 1 ? FILTERS.slice(0, 3) : FILTERS) {
        for (const ascending of [true, false]) {
          const found = await walk(statements, { store, filters, ascending, limit });
          const some = found.filter((id) => wanted.has(id));
          expect(new Set(found).size).toBe(found.length);
          const those = ascending ? idsOf(known) : idsOf(known).toReversed();
          expect({ filters, ascending, some }).toEqual({ filters, ascending, some: those });
        }
      }
      stop.abort();
      await Promise.all(writers);
    },
    60_000,
  );
});

describe('a limit to what a learner did', () => {
  it('takes no request past what others inherited from it', async () => {
    await stores.open().store(store, attempt(5, 0));
    const references = drafts(1_000, 0x20000, () => ({
      actor: anAgent('cid'),
      object: { objectType: 'StatementRef', id: uuidOf(0) },
    }));
    await stores.open({ commitBound: 60_000 }).store(store, references);
    const { page, calls, items } = await readPage(stores, { store, visible: { actor: ifiOfAgent('ann') } });
    expect(page.statements.map(({ id }) => id)).toEqual(idsOf(attempt(5, 0)).toReversed());
    expect(items).toBe(1);
    expect(calls).toBe(2);
  });
});

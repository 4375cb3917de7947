import { describe, expect, it } from 'vitest';
import type { KeyFilters } from '#xapi/statement/matches.ts';
import { ifiOf } from '#xapi/agent/ifi.ts';
import { statementKeys } from '#xapi/statement/statement-keys.ts';
import { MARK_BYTES, writeMark } from '#storage/dynamodb/statements/pack-mark.ts';
import type { StatementPage } from '#storage/statement-store.ts';
import { readPage } from '#test/support/counted-reads.ts';
import { aReference, drafts, uuidOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { anActivity, anAgent, aStatement } from '#test/support/statements.ts';

const LEARNER = anAgent('learner');
const OTHER = anAgent('other');
const PASSED = { id: 'http://example.com/passed' };
/** Begins like the one that is looked for. */
const PASSED_AGAIN = { id: 'http://example.com/passed-again' };
const COURSE = anActivity('course');
const registration = uuidOf(99_999);

const stores = await statementStores();

/** @returns ids of each page */
async function walk(store: string, filters: KeyFilters, { shards = 1, limit = 10, ascending = false } = {}) {
  const statements = stores.open({ shards });
  const pages: string[][] = [];
  for (let after: string | undefined; ;) {
    const page: StatementPage = await statements.query({
      store,
      filters,
      ascending,
      limit,
      maxBytes: 1e6,
      ...(after === undefined ? {} : { after }),
    });
    pages.push(page.statements.map(({ id }) => id));
    after = page.next;
    if (after === undefined) return pages;
  }
}

/** Another verb, which packs do not tell from this one. */
function withMarkOf(verb: string): string {
  const wanted = markOf(verb);
  for (let number = 0; ; number += 1) {
    const id = `http://example.com/verbs/${number}`;
    if (markOf(id).equals(wanted)) return id;
  }
}

function markOf(verb: string): Buffer {
  const marks = Buffer.alloc(MARK_BYTES);
  writeMark(marks, 0, statementKeys(aStatement({ verb: { id: verb } })), '');
  return marks;
}

describe('statements of a learner with a verb', () => {
  const filters = { agent: ifiOf(LEARNER) ?? '', verb: PASSED.id };
  const many = (count: number, first: number) =>
    drafts(count, first, () => ({ actor: LEARNER, verb: PASSED_AGAIN, object: COURSE, context: { registration } }));
  const one = (id: number) =>
    drafts(1, id, () => ({ actor: LEARNER, verb: PASSED, object: COURSE, context: { registration } }));

  it.each([1, 4])('are all found among hundreds of others, on %i shards', async (shards) => {
    const store = `among-${shards}`;
    const statements = stores.open({ shards });
    await statements.store(store, one(1));
    await statements.store(store, many(300, 1_000));
    await statements.store(store, one(2));
    await statements.store(store, [...many(300, 2_000), ...one(3), ...many(100, 3_000)]);
    const expected = [uuidOf(3), uuidOf(2), uuidOf(1)];
    const all = { ...filters, activity: COURSE.id, registration };
    for (const some of [filters, all, { verb: PASSED.id, activity: COURSE.id }, { verb: PASSED.id, registration }]) {
      expect((await walk(store, some, { shards })).flat()).toEqual(expected);
      expect((await walk(store, some, { shards, limit: 1, ascending: true })).flat()).toEqual(expected.toReversed());
    }
  });

  it('end a page when many others have been looked at, and begin the next behind them', async () => {
    const statements = stores.open();
    await statements.store('far', one(1));
    for (let first = 1_000; first < 3_500; first += 500) await statements.store('far', many(500, first));
    await statements.store('far', one(2));
    expect(await walk('far', filters)).toEqual([[uuidOf(2)], [uuidOf(1)]]);
  });

  it('are told from those whose verb has the same mark in packs, also for who may not see all', async () => {
    const store = 'same-mark';
    const other = { id: withMarkOf(PASSED.id) };
    const array = drafts(50, 0, (index) => ({
      actor: LEARNER,
      verb: index % 10 === 0 ? PASSED : other,
      object: COURSE,
      authority: index % 20 === 0 ? OTHER : LEARNER,
      context: { registration },
    }));
    await stores.open().store(store, array);
    const wanted = [0, 10, 20, 30, 40];
    for (const some of [filters, { activity: COURSE.id, verb: PASSED.id }, { registration, verb: PASSED.id }]) {
      const page = { store, filters: some, ascending: true, limit: 50, maxBytes: 1e6 };
      const all = await stores.open().query(page);
      expect(all.statements.map(({ id }) => id)).toEqual(wanted.map(uuidOf));
      const limited = await stores.open().query({ ...page, visible: { authority: ifiOf(OTHER) ?? '' } });
      expect(limited.statements.map(({ id }) => id)).toEqual([0, 20, 40].map(uuidOf));
    }
  });

  it('are read with few requests where one in ten of many packs is wanted', async () => {
    const store = 'sparse';
    const statements = stores.open();
    for (let first = 0; first < 55 * 50; first += 50) {
      const array = drafts(50, first, (index) => ({
        actor: index % 5 === 0 ? LEARNER : OTHER,
        verb: index === 0 ? PASSED : PASSED_AGAIN,
        object: COURSE,
      }));
      await statements.store(store, array);
    }
    const { page, calls } = await readPage(stores, { store, filters });
    expect(page.statements.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, n) => uuidOf((54 - n) * 50)));
    // Rows, entries, and packs twice.
    expect(calls).toBe(4);
  });

  it('are those too that refer to one with the verb', async () => {
    const statements = stores.open();
    await statements.store('refer', one(1));
    await statements.store('refer', [aReference(uuidOf(2), uuidOf(1), { actor: LEARNER, verb: PASSED_AGAIN })]);
    await statements.store('refer', many(10, 1_000));
    expect((await walk('refer', filters)).flat()).toEqual([uuidOf(2), uuidOf(1)]);
    expect((await walk('refer', { ...filters, activity: COURSE.id })).flat()).toEqual([uuidOf(2), uuidOf(1)]);
  });
});

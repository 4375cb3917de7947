import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StatementStore } from '#storage/statement-store.ts';
import { InProcessHorizon } from '#storage/write-horizon.ts';
import { forEachBounded } from '#storage/bounded.ts';
import { PositionSource, storedAt, writerFrom } from '#storage/position.ts';
import { XapiError } from '#xapi/errors.ts';
import type { Visibility } from '#access/limits.ts';
import type { KeyFilters } from '#xapi/statement/matches.ts';
import type { StatementDraft } from '#xapi/statement/statement.ts';
import { arbitraryFilters, arbitraryHistory, arbitraryVisibility } from '#test/support/arbitrary-histories.ts';
import { interceptedClient, type Interceptor } from '#test/support/faulty-client.ts';
import { ReferenceStore } from '#test/support/reference-store.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { walk } from '#test/support/statement-walk.ts';

/** A history takes a quarter of a second. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 7);

const stores = await statementStores();

interface Question {
  readonly filters: KeyFilters;
  readonly visible: Visibility;
  readonly ascending: boolean;
  readonly limit: number;
  /** Which statements `since` and `until` are the times of, counted from the first. */
  readonly since: number | undefined;
  readonly until: number | undefined;
}

const questions = fc.array(
  fc.record({
    filters: arbitraryFilters,
    visible: fc.oneof(fc.constant({}), arbitraryVisibility),
    ascending: fc.boolean(),
    limit: fc.integer({ min: 1, max: 12 }),
    since: fc.option(fc.nat({ max: 12 }), { nil: undefined, freq: 2 }),
    until: fc.option(fc.nat({ max: 12 }), { nil: undefined, freq: 2 }),
  }),
  { minLength: 40, maxLength: 40, size: 'max' },
);

async function outcomeOf(store: () => unknown): Promise<unknown> {
  try {
    return await store();
  } catch (error) {
    if (error instanceof XapiError) return 'refused';
    throw error;
  }
}

/** `stored` of every statement, in milliseconds. */
async function timesOf(
  statements: StatementStore,
  store: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const found = await Promise.all(ids.map((id) => statements.get(store, id)));
  return new Map(found.flatMap((one) => (one === undefined ? [] : [[one.id, storedAt(one.at)]])));
}

function expected(reference: ReferenceStore, times: ReadonlyMap<string, number>, question: Question) {
  const timeOf = (number: number | undefined) =>
    number === undefined ? undefined : times.get(reference.ids[number] ?? '');
  const since = timeOf(question.since);
  const until = timeOf(question.until);
  const ids = reference.query(question.filters, question.visible).filter((id) => {
    const time = times.get(id) ?? Number.NaN;
    return (since === undefined || time > since) && (until === undefined || time <= until);
  });
  const filters = { ...question.filters, ...(since !== undefined && { since }), ...(until !== undefined && { until }) };
  return { filters, ids: question.ascending ? ids : ids.toReversed() };
}

async function expectAnswers(
  statements: StatementStore,
  store: string,
  reference: ReferenceStore,
  asked: readonly Question[],
): Promise<void> {
  const times = await timesOf(statements, store, reference.ids);
  expect([...times.keys()]).toEqual(reference.ids);
  await forEachBounded(asked, 4, async (question) => {
    const { filters, ids } = expected(reference, times, question);
    const { visible, ascending, limit } = question;
    const found = await walk(statements, { store, filters, visible, ascending, limit });
    expect({ question, found }).toEqual({ question, found: ids });
  });
}

/** Descending, which is what asks for all of a partition. */
async function learnWhatIsEmpty(statements: StatementStore, store: string, asked: readonly Question[]): Promise<void> {
  const page = { store, ascending: false, limit: 1, maxBytes: 1_000 };
  await forEachBounded(asked, 4, async ({ filters }) => {
    await statements.query({ ...page, filters });
  });
}

async function replay(
  statements: StatementStore,
  store: string,
  reference: ReferenceStore,
  drafts: readonly StatementDraft[],
): Promise<void> {
  const wanted = await outcomeOf(() => reference.store(drafts));
  expect(await outcomeOf(() => statements.store(store, drafts))).toEqual(wanted);
}

/** Notes that a transaction with packs is sent. */
function watchingPacks(note: () => void): Interceptor {
  return ({ input }, send) => {
    const actions = 'TransactItems' in input ? (input.TransactItems ?? []) : [];
    if (actions.some(({ Put: put }) => put?.Item?.['z'] !== undefined)) note();
    return send();
  };
}

describe.each([
  { shards: [1] },
  { shards: [4] },
  // Raised after every other array; there it stays.
  { shards: [1, 1, 2, 2, 4] },
])('the store with $shards shards', ({ shards }) => {
  it('answers as a list of statements would, whatever was sent in whichever order', async () => {
    let [all, withPacks, hasPacks] = [0, 0, false];
    const client = interceptedClient(
      stores.endpoint,
      watchingPacks(() => (hasPacks = true)),
    );
    const property = fc.asyncProperty(arbitraryHistory, questions, async (history, asked) => {
      all += 1;
      const store = stores.anotherStore();
      let clock = Date.now();
      const now = (): number => clock;
      const horizon = new InProcessHorizon(new PositionSource(now, writerFrom(Math.random)), now);
      const open = (count: number): StatementStore => {
        return stores.open({ client, shards: count, now, horizon: () => horizon, isOnlyWriter: true });
      };
      hasPacks = false;
      const reference = new ReferenceStore();
      for (const [step, { drafts, pause }] of history.entries()) {
        await replay(open(shards[step] ?? shards.at(-1) ?? 1), store, reference, drafts);
        clock += pause;
        await learnWhatIsEmpty(open(shards.at(-1) ?? 1), store, asked);
      }
      if (hasPacks) withPacks += 1;
      clock += 10;
      const statements = open(shards.at(-1) ?? 1);
      await expectAnswers(statements, store, reference, asked);
      for (const id of reference.ids) {
        expect(await statements.get(store, id)).toMatchObject({ id, voided: reference.isVoided(id) });
      }
    });
    await fc.assert(property, { numRuns: RUNS });
    expect(withPacks).toBeGreaterThan(all / 4);
  });
});

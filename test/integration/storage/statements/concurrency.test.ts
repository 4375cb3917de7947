import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forEachBounded } from '#storage/bounded.ts';
import type { StatementStore } from '#storage/statement-store.ts';
import { equalStatements } from '#xapi/statement/equality.ts';
import type { KeyFilters } from '#xapi/statement/matches.ts';
import type { StatementDraft } from '#xapi/statement/statement.ts';
import { arbitraryFilters, arbitraryHistory } from '#test/support/arbitrary-histories.ts';
import { connectionLost, type Interceptor } from '#test/support/faulty-client.ts';
import { outcomeOf } from '#test/support/outcome-of.ts';
import { ReferenceStore } from '#test/support/reference-store.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { walk } from '#test/support/statement-walk.ts';

const RUNS = Number(process.env['MODEL_RUNS'] ?? 8);
const WRITES: ReadonlySet<string> = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems']);

const stores = await statementStores();

/** Delays calls, and loses some writes or their answers, as a series of numbers from 0 to 99 says. */
function unreliable(dice: readonly number[]): Interceptor {
  let count = 0;
  return async ({ name }, send) => {
    const number = dice[count % dice.length] ?? 0;
    count += 1;
    await sleep(number % 8);
    if (number === 98 && WRITES.has(name)) throw connectionLost();
    const output = await send();
    if (number === 99 && WRITES.has(name)) throw connectionLost();
    return output;
  };
}

/** Which of the drafts with its id was stored. */
async function storedAs(
  statements: StatementStore,
  store: string,
  drafts: readonly StatementDraft[],
): Promise<{ readonly at: string; readonly draft: StatementDraft } | undefined> {
  const stored = await statements.get(store, drafts[0]?.id ?? '');
  const value: unknown = JSON.parse(stored?.text ?? 'null');
  const draft = drafts.find((one) => equalStatements(one.value, value));
  return stored && draft && { at: stored.at, draft };
}

/** The reference that holds what the store holds, in its order. */
async function referenceOf(
  statements: StatementStore,
  store: string,
  arrays: readonly (readonly StatementDraft[])[],
): Promise<ReferenceStore> {
  const byId = Map.groupBy(arrays.flat(), ({ id }) => id);
  const found = await Promise.all([...byId.values()].map((drafts) => storedAs(statements, store, drafts)));
  const reference = new ReferenceStore();
  const inOrder = found.filter((one) => one !== undefined).toSorted((one, other) => (one.at < other.at ? -1 : 1));
  for (const { draft } of inOrder) reference.keep(draft);
  return reference;
}

async function expectConsistent(
  statements: StatementStore,
  store: string,
  reference: ReferenceStore,
  asked: readonly KeyFilters[],
): Promise<void> {
  for (const id of reference.ids) {
    expect(await statements.get(store, id)).toMatchObject({ id, voided: reference.isVoided(id) });
  }
  await forEachBounded(asked, 4, async (filters) => {
    const found = await walk(statements, { store, filters, limit: 5 });
    expect({ filters, found }).toEqual({ filters, found: reference.query(filters).toReversed() });
  });
}

const dice = fc.array(fc.nat({ max: 99 }), { minLength: 60, maxLength: 60, size: 'max' });
const filters = fc.array(arbitraryFilters, { minLength: 25, maxLength: 25, size: 'max' });

describe('arrays that arrive at once, over lines that are slow and lose calls', () => {
  it('leave a store that answers as a list of what was stored', async () => {
    const property = fc.asyncProperty(
      arbitraryHistory,
      fc.array(dice, { minLength: 8, maxLength: 8 }),
      filters,
      async (history, lines, asked) => {
        const store = stores.anotherStore();
        const arrays = history.map(({ drafts }) => drafts);
        const outcomes = await Promise.all(
          arrays.map((array, index) =>
            outcomeOf(stores.openIntercepted(unreliable(lines[index] ?? [])).store(store, array)),
          ),
        );
        const statements = stores.open();
        const reference = await referenceOf(statements, store, arrays);
        const acknowledged = arrays.filter((_, index) => outcomes[index] === 'stored').flat();
        expect(acknowledged.filter((draft) => !reference.holds(draft))).toEqual([]);
        await sleep(2);
        await expectConsistent(statements, store, reference, asked);
      },
    );
    await fc.assert(property, { numRuns: RUNS });
  });
});

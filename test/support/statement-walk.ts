import { expect } from 'vitest';
import { statementKeys, type StatementKeys } from '#xapi/statement/statement-keys.ts';
import type { Statement } from '#xapi/statement/statement.ts';
import type { StatementFilters, StatementQuery, StatementStore } from '#storage/statement-store.ts';
import type { StoreId } from '#access/store.ts';

export interface Walk extends Partial<Omit<StatementQuery, 'after'>> {
  readonly filters?: StatementFilters;
}

const PAGES = 2_000;

/** The ids of all statements that a query gives, page by page. */
export async function walk(statements: StatementStore, query: Walk = {}): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < PAGES; pages += 1) {
    const page = await statements.query({
      store: 'default',
      filters: {},
      ascending: false,
      limit: 100,
      maxBytes: 10_000_000,
      ...query,
      ...(after !== undefined && { after }),
    });
    ids.push(...page.statements.map(({ id }) => id));
    if (page.next === undefined) return ids;
    expect(page.statements).not.toHaveLength(0);
    after = page.next;
  }
  throw new Error('the walk does not end');
}

/** Every filter that a statement with these keys is to be found by. */
function filtersOf(keys: StatementKeys): readonly StatementFilters[] {
  return [
    {},
    ...[keys.actor, ...keys.agents].flatMap((agent) => (agent === undefined ? [] : [{ agent }])),
    ...[...keys.relatedAgents, ...keys.authorities].map((agent) => ({ agent, relatedAgents: true })),
    { verb: keys.verb },
    ...(keys.activity === undefined ? [] : [{ activity: keys.activity }]),
    ...keys.relatedActivities.map((activity) => ({ activity, relatedActivities: true })),
    ...(keys.registration === undefined ? [] : [{ registration: keys.registration }]),
  ];
}

/**
 * Fails unless a statement is found by its id and through every index, its own and those of its targets, once.
 *
 * @param value with its id
 * @param targets the statements that it refers to, directly or through others
 */
export async function expectFullyIndexed(
  statements: StatementStore,
  store: StoreId,
  value: Statement,
  targets: readonly Statement[] = [],
): Promise<void> {
  const id = value.id ?? '';
  expect(await statements.get(store, id)).toMatchObject({ id });
  const filters = [value, ...targets].flatMap((statement) => filtersOf(statementKeys(statement)));
  const different = new Map(filters.map((filter) => [JSON.stringify(filter), filter]));
  for (const filter of different.values()) {
    const found = (await walk(statements, { store, filters: filter })).filter((one) => one === id);
    expect({ filter, found }).toEqual({ filter, found: [id] });
  }
}

import { DEFAULT_STORE } from '#access/store.ts';
import { RELATED, type Shape, shapedDrafts } from '#bench/capacity/shapes.ts';
import { LEARNER_IFI, MODULE, REGISTRATION, VERB } from '#bench/support/typical.ts';
import type { StatementFilters, StatementStore } from '#storage/statement-store.ts';

const STORE = DEFAULT_STORE;
const PAGE = 50;
const PULL = 100;

type Operation = () => Promise<unknown>;

/** What clients do most, with how many statements each answers or stores. */
export const STEPS = {
  'store one': 1,
  'store an array of 50': 50,
  'get by id': 1,
  'get by id, of an array of 100': 1,
  'page by time': PAGE,
  'page by agent': PAGE,
  'page by verb': PAGE,
  'page by activity': PAGE,
  'page by registration': PAGE,
  'page by related activity': PAGE,
  'page by related activity, of an array': PAGE,
  'page by agent, verb and activity': PAGE,
  'since, ascending, 100': PULL,
} as const;

export type Step = keyof typeof STEPS;

/**
 * Stores 100 statements of the shape in an array and 100 one by one, of which the pages then are, beside those that are
 * there.
 *
 * @returns the operations in the order in which they are to be done: pages before more is stored.
 */
export async function prepareScene(
  statements: StatementStore,
  shape: Shape,
): Promise<Readonly<Record<Step, Operation>>> {
  const before = statements.consistentThrough();
  const known = shapedDrafts(shape, PULL);
  await statements.store(STORE, known);
  const inArray = statements.consistentThrough();
  const alone = shapedDrafts(shape, PULL);
  for (const draft of alone) await statements.store(STORE, [draft]);
  const related = { activity: RELATED[shape], relatedActivities: true };
  const page = (filters: StatementFilters) => () => read(statements, filters, PAGE);
  return {
    'get by id': () => statements.get(STORE, alone[0]?.id ?? ''),
    'get by id, of an array of 100': () => statements.get(STORE, known[0]?.id ?? ''),
    'page by time': page({}),
    'page by agent': page({ agent: LEARNER_IFI }),
    'page by verb': page({ verb: VERB }),
    'page by activity': page({ activity: MODULE }),
    'page by registration': page({ registration: REGISTRATION }),
    'page by related activity': page(related),
    'page by related activity, of an array': page({ ...related, until: inArray }),
    'page by agent, verb and activity': page({ agent: LEARNER_IFI, verb: VERB, activity: MODULE }),
    'since, ascending, 100': () => read(statements, { since: before }, PULL),
    'store one': () => statements.store(STORE, shapedDrafts(shape, 1)),
    'store an array of 50': () => statements.store(STORE, shapedDrafts(shape, 50)),
  };
}

/** @throws Error when the page is not full: then its costs would mean nothing. */
async function read(statements: StatementStore, filters: StatementFilters, limit: number): Promise<void> {
  const ascending = filters.since !== undefined;
  const page = await statements.query({ store: STORE, filters, ascending, limit, maxBytes: 4_000_000 });
  if (page.statements.length !== limit) {
    throw new Error(`A page by ${JSON.stringify(filters)} has ${page.statements.length} statements, not ${limit}.`);
  }
}

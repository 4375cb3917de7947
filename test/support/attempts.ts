import { expect } from 'vitest';
import type { Visibility } from '#access/limits.ts';
import type { StoreId } from '#access/store.ts';
import type { StatementFilters } from '#storage/statement-store.ts';
import { aVoiding, drafts, uuidOf } from '#test/support/statement-drafts.ts';
import type { StatementStores } from '#test/support/statement-stores.ts';
import { walk } from '#test/support/statement-walk.ts';
import { anActivity, anAgent, ifiOfAgent } from '#test/support/statements.ts';
import type { Statement, StatementDraft } from '#xapi/statement/statement.ts';

const VERB = 'http://example.com/verbs/shared';
const REGISTRATION = uuidOf(0xaaa);
export const COURSE = anActivity('course');
/** What the statements of an attempt mostly share: all that there are packs of, and a course and an instructor. */
export const SHARED: Partial<Statement> = {
  actor: anAgent('ann'),
  verb: { id: VERB },
  object: anActivity('shared'),
  context: {
    registration: REGISTRATION,
    instructor: anAgent('bob'),
    contextActivities: { parent: [COURSE] },
  },
};
/** By which the statements of an attempt are found. */
export const FILTERS: readonly StatementFilters[] = [
  {},
  { agent: ifiOfAgent('ann') },
  { agent: ifiOfAgent('bob'), relatedAgents: true },
  { verb: VERB },
  { activity: anActivity('shared').id },
  { activity: COURSE.id, relatedActivities: true },
  { registration: REGISTRATION },
  { agent: ifiOfAgent('ann'), verb: VERB, activity: anActivity('shared').id },
  { since: 0, until: 8_000_000_000_000 },
];
/** Limits under which all of them are seen. */
export const LIMITS: readonly Visibility[] = [
  { actor: ifiOfAgent('ann') },
  { registration: REGISTRATION },
  { verbs: [VERB] },
  { activity: anActivity('shared').id },
  { authority: ifiOfAgent('lms') },
];

/** Statements of one attempt, with the ids `uuidOf(first)` and following. */
export function attempt(count: number, first: number): readonly StatementDraft[] {
  return drafts(count, first, () => SHARED);
}

/** The ids of voiding statements have a range of their own, from here on. */
const FIRST_VOIDING = 0x10000;

/** @param id of a statement of `attempt` */
export function voidingOf(id: string): StatementDraft {
  return aVoiding(uuidOf(FIRST_VOIDING + numberOf(id)), id);
}

/** The inverse of `uuidOf`. */
function numberOf(id: string): number {
  return Number.parseInt(id.slice(-12), 16);
}

/**
 * Fails unless these are found, in this order, by all that the statements of an attempt share, and no others whose ids are
 * not beyond those of attempts.
 */
export async function expectFound(
  stores: StatementStores,
  store: StoreId,
  ids: readonly string[],
  limits = LIMITS,
): Promise<void> {
  const statements = stores.open();
  const asked = [
    ...FILTERS.map((filters) => ({ filters, visible: {} })),
    ...limits.map((visible) => ({ filters: {}, visible })),
  ];
  const wanted = new Set(ids);
  for (const { filters, visible } of asked) {
    for (const ascending of [true, false]) {
      const found = await walk(statements, { store, filters, visible, ascending, limit: 60 });
      const those = found.filter((id) => wanted.has(id) || numberOf(id) < FIRST_VOIDING);
      expect({ filters, visible, ascending, those }).toEqual({
        filters,
        visible,
        ascending,
        those: ascending ? ids : ids.toReversed(),
      });
    }
  }
}

/** Fails unless of all these the ones that are voided say so, and only the others are found, in this order. */
export async function expectVoided(
  stores: StatementStores,
  store: StoreId,
  all: readonly string[],
  voided: readonly string[],
): Promise<void> {
  await expectFound(
    stores,
    store,
    all.filter((id) => !voided.includes(id)),
  );
  for (const id of all) {
    expect(await stores.open().get(store, id)).toMatchObject({ id, voided: voided.includes(id) });
  }
}

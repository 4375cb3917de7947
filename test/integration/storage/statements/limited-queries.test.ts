import { beforeAll, describe, expect, it } from 'vitest';
import type { Visibility } from '#access/limits.ts';
import type { StatementFilters } from '#storage/statement-store.ts';
import { countedReads } from '#test/support/counted-reads.ts';
import { drafts, uuidOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { walk } from '#test/support/statement-walk.ts';
import { anActivity, anAgent, ifiOfAgent } from '#test/support/statements.ts';

const OTHERS = 300;
const OWN = [0x1000, 0x1001].map(uuidOf);
const REGISTRATION = uuidOf(0xaaa);
const SHARED = { verb: { id: 'http://example.com/verbs/shared' }, object: anActivity('shared') };

const stores = await statementStores();

beforeAll(async () => {
  const others = drafts(OTHERS, 0, () => ({ ...SHARED, context: { registration: uuidOf(0xbbb) } }));
  const own = drafts(OWN.length, 0x1000, () => ({
    ...SHARED,
    actor: anAgent('own'),
    context: { registration: REGISTRATION },
  }));
  for (const array of [others, own]) await stores.open().store('default', array);
});

/** The ids that are found, and how many items of the table and its indexes were read for them. */
async function find(visible: Visibility, filters: StatementFilters) {
  const { statements, reads } = countedReads(stores);
  const ids = await walk(statements, { visible, filters });
  return { ids: ids.toSorted(), read: reads.items };
}

const LIMITS: readonly Visibility[] = [
  { actor: ifiOfAgent('own') },
  { registration: REGISTRATION },
  { actor: ifiOfAgent('own'), registration: REGISTRATION, activity: SHARED.object.id, verbs: [SHARED.verb.id] },
];

describe.each(LIMITS)('queries limited to %j', (visible) => {
  it.each<StatementFilters>([
    {},
    { verb: SHARED.verb.id },
    { activity: SHARED.object.id },
    { agent: ifiOfAgent('lms'), relatedAgents: true },
  ])('read no statements of others, with the filters %j', async (filters) => {
    expect(await find(visible, filters)).toEqual({ ids: OWN, read: OWN.length });
  });

  it.each<StatementFilters>([{ agent: ifiOfAgent('ann') }, { registration: uuidOf(0xbbb) }])(
    'read none of those either that a filter is for: %j',
    async (filters) => {
      expect(await find(visible, filters)).toEqual({ ids: [], read: OWN.length });
    },
  );
});

describe('queries limited to verbs', () => {
  it('read statements with these verbs only', async () => {
    expect(await find({ verbs: ['http://example.com/verbs/none', 'a:b'] }, {})).toEqual({ ids: [], read: 0 });
    expect((await find({ verbs: [SHARED.verb.id, SHARED.verb.id] }, {})).ids).toHaveLength(OTHERS + OWN.length);
  });
});

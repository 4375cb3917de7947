import { describe, expect, it } from 'vitest';
import { COURSE } from '#test/support/attempts.ts';
import { aDraft, drafts, idsOf, uuidOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { walk } from '#test/support/statement-walk.ts';
import { anAgent, anAnonymousGroup, ifiOfAgent } from '#test/support/statements.ts';

const stores = await statementStores();
const store = stores.anotherStore();

/** Puts one item in the place of those of a partition: pointers to all of an array, and no section. */
async function mergeEntries(pk: string): Promise<void> {
  const entries = (await stores.itemsOf(store)).filter((item) => {
    return item['pk']?.S === pk && /^[0-9a-z]+$/u.test(item['sk']?.S ?? '') && item['z'] === undefined;
  });
  const members = entries
    .toSorted((one, other) => ((one['sk']?.S ?? '') < (other['sk']?.S ?? '') ? -1 : 1))
    .map((item) => ({ sk: item['sk']?.S ?? '', bytes: item['m']?.B ?? new Uint8Array() }))
    .filter(({ bytes }) => bytes.length > 19);
  expect(members).toHaveLength(4);
  for (const { sk } of members) {
    await stores.client.call('DeleteItem', { TableName: stores.tableName, Key: { pk: { S: pk }, sk: { S: sk } } });
  }
  const m = { B: Buffer.concat(members.map(({ bytes }) => bytes)) };
  const merged = { pk: { S: pk }, sk: { S: members[0]?.sk ?? '' }, m };
  await stores.client.call('PutItem', { TableName: stores.tableName, Item: merged });
}

describe('entries that an array had before it was cut into sections', () => {
  const course = { activity: COURSE.id, relatedActivities: true };
  const bob = { agent: ifiOfAgent('bob') };
  const array = drafts(170, 0, (index) => ({
    actor: index % 3 === 0 ? anAgent('ann') : anAnonymousGroup('bob', 'cid'),
    context: { contextActivities: { parent: [COURSE] } },
    // Some inherit what they have already.
    ...(index % 25 === 24 ? { object: { objectType: 'StatementRef', id: uuidOf(0x500) } } : {}),
  }));

  it('are read as before, in every order and from everywhere', async () => {
    const statements = stores.open();
    const target = aDraft(uuidOf(0x500), {
      actor: anAnonymousGroup('bob'),
      context: { contextActivities: { parent: [COURSE] } },
    });
    await statements.store(store, [target]);
    await statements.store(store, array);
    const parents = (await stores.itemsOf(store)).map((item) => item['pk']?.S ?? '');
    const partitions = new Set(parents.filter((pk) => /\|related-activity\|.*course|\|agent\|.*bob@/u.test(pk)));
    expect(partitions.size).toBe(2);
    for (const pk of partitions) await mergeEntries(pk);
    const ofBob = array.filter((_, index) => index % 3 !== 0 || index % 25 === 24);
    for (const [filters, found] of [
      [course, [target, ...array]],
      [bob, [target, ...ofBob]],
    ] as const) {
      for (const limit of [1, 7, 60]) {
        const up = await walk(statements, { store, filters, ascending: true, limit });
        expect(up).toEqual(idsOf(found));
        expect(await walk(statements, { store, filters, ascending: false, limit })).toEqual(up.toReversed());
      }
    }
  });
});

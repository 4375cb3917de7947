import { describe, expect, it } from 'vitest';
import { collectUpdates, formatUpdates, parseUpdates } from '#lake/dimensions/collect-updates.ts';
import { ActorKeys } from '#lake/rows/actor-keys.ts';
import { languagePreference } from '#lake/rows/display-text.ts';
import type { LakeStatement } from '#lake/rows/row.ts';
import { storedAt } from '#storage/position.ts';
import { LAKE_SECRET, StoredStatements } from '#test/support/lake.ts';
import { anActivity, anAgent, anAnonymousGroup, aSubStatement } from '#test/support/statements.ts';

const keys = new ActorKeys(LAKE_SECRET, 'default');
const context = { keys, languages: languagePreference(['en']) };

/** One statement a second. */
function aStore(): StoredStatements {
  let now = Date.UTC(2026, 0, 1);
  return new StoredStatements(() => (now += 1_000));
}

const storedMicroseconds = ({ position }: LakeStatement): bigint => BigInt(storedAt(position)) * 1_000n;

describe('what statements say of activities, actors and verbs', () => {
  it('is of every activity the latest definition, whatever the order', () => {
    const stored = aStore();
    const old = stored.make({ object: anActivity('a', { name: { en: 'Old' }, moreInfo: 'http://example.com/more' }) });
    const last = stored.make({ object: anActivity('a', { name: { en: 'New' } }) });
    const bare = stored.make({ object: anActivity('a') });
    for (const order of [
      [old, last, bare],
      [bare, last, old],
    ]) {
      expect(collectUpdates(order, context).activities).toEqual([
        {
          activity_id: 'http://example.com/activities/a',
          name: 'New',
          description: null,
          type: null,
          more_info: null,
          interaction_type: null,
          last_stored: storedMicroseconds(last),
        },
      ]);
    }
  });

  it('is of activities in the object, the context and the SubStatement', () => {
    const statement = aStore().make({
      object: aSubStatement({
        object: anActivity('sub'),
        context: { contextActivities: { other: [anActivity('sub-other')] } },
      }),
      context: { contextActivities: { parent: anActivity('parent'), grouping: [anActivity('g1'), anActivity('g2')] } },
    });
    const ids = collectUpdates([statement], context).activities.map(({ activity_id: id }) => id);
    const names = ['g1', 'g2', 'parent', 'sub', 'sub-other'];
    expect(new Set(ids)).toEqual(new Set(names.map((name) => `http://example.com/activities/${name}`)));
    expect(ids).toHaveLength(names.length);
  });

  it('is of actors, those who are object, instructors, teams and the members of groups, by their names', () => {
    const statement = aStore().make({
      actor: anAnonymousGroup('ann', 'bob'),
      object: { objectType: 'Agent', ...anAgent('cid', { name: 'Cid' }) },
      context: { instructor: anAgent('irene'), team: { objectType: 'Group', mbox: 'mailto:red@example.com' } },
      authority: anAgent('lms'),
    });
    const actors = collectUpdates([statement], context).actors;
    const anonymous = null;
    expect(new Set(actors.map(({ ifi_value: value }) => value))).toEqual(
      new Set([anonymous, ...['ann', 'bob', 'cid', 'irene', 'red'].map((name) => `mailto:${name}@example.com`)]),
    );
    expect(actors).toHaveLength(6);
    expect(actors.find(({ name }) => name === 'Cid')).toMatchObject({ type: 'Agent', ifi_type: 'mbox' });
  });

  it('is of every verb the latest display', () => {
    const stored = aStore();
    const id = 'http://example.com/verbs/passed';
    const statements = [
      stored.make({ verb: { id, display: { en: 'passed' } } }),
      stored.make({ verb: { id, display: { de: 'bestanden' } } }),
      stored.make({ verb: { id } }),
    ];
    expect(collectUpdates(statements, context).verbs).toMatchObject([{ verb_id: id, display: 'bestanden' }]);
  });

  it('is read of a file as it was written', () => {
    const updates = collectUpdates(aStore().many(3, { actor: anAgent('zoë', { name: 'Zoë\0\u{1F600}' }) }), context);
    expect(parseUpdates(formatUpdates(updates))).toEqual(updates);
    expect(parseUpdates(undefined)).toEqual({ activities: [], actors: [], verbs: [] });
  });
});

import { mergeDefinitions } from '#xapi/activity/merge-definition.ts';
import type { Activity, ActivityDefinition } from '#xapi/statement/statement.ts';
import type { ActivityStore } from '#storage/activity-store.ts';
import type { BodyItemsContext } from '#storage/dynamodb/body-items.ts';
import { Knowledge, type Sighting } from '#storage/dynamodb/knowledge.ts';
import type { StoreId } from '#access/store.ts';

interface KnownActivity {
  readonly id: string;
  readonly definition: ActivityDefinition;
}

/** Keeps definitions up to 1 MiB; what would make one larger stays in the statements alone. */
export class DynamoDbActivityStore implements ActivityStore {
  readonly #knowledge: Knowledge<KnownActivity>;

  constructor(context: BodyItemsContext) {
    this.#knowledge = new Knowledge(context, { kind: 'activities', merge: mergeActivities });
  }

  async learn(store: StoreId, activities: readonly Activity[]): Promise<void> {
    await this.#knowledge.learn(store, activities.flatMap(sightingsIn));
  }

  async get(store: StoreId, id: string): Promise<Activity | undefined> {
    const known = await this.#knowledge.get(store, id);
    return known && { objectType: 'Activity', ...known };
  }
}

/** An activity without a definition brings nothing: its id is known to whoever asks. */
function sightingsIn({ id, definition }: Activity): readonly Sighting<KnownActivity>[] {
  return definition === undefined ? [] : [{ id, value: { id, definition } }];
}

function mergeActivities(known: KnownActivity | undefined, seen: readonly KnownActivity[]): KnownActivity | undefined {
  const [first, ...others] = known === undefined ? seen : [known, ...seen];
  if (first === undefined) return undefined;
  const definitions = others.map(({ definition }) => definition);
  return { id: first.id, definition: mergeDefinitions(first.definition, definitions) };
}

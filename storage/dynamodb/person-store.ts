import { ifiOf, type Ifi } from '#xapi/agent/ifi.ts';
import type { Agent } from '#xapi/statement/statement.ts';
import type { BodyItemsContext } from '#storage/dynamodb/body-items.ts';
import { Knowledge, type Sighting } from '#storage/dynamodb/knowledge.ts';
import type { PersonStore } from '#storage/person-store.ts';
import type { StoreId } from '#access/store.ts';

const NAMES_KEPT = 100;
/** A longer text is no name of somebody, and must not crowd out those that are. */
const NAME_LENGTH = 500;

interface KnownPerson {
  readonly ifi: Ifi;
  /** In the order first seen. */
  readonly names: readonly string[];
}

/** Keeps the first 100 names of up to 500 characters seen with each identifier. */
export class DynamoDbPersonStore implements PersonStore {
  readonly #knowledge: Knowledge<KnownPerson>;

  constructor(context: BodyItemsContext) {
    this.#knowledge = new Knowledge(context, { kind: 'persons', merge: mergePersons });
  }

  async learn(store: StoreId, agents: readonly Agent[]): Promise<void> {
    await this.#knowledge.learn(store, agents.flatMap(sightingsIn));
  }

  async names(store: StoreId, ifi: Ifi): Promise<readonly string[]> {
    return (await this.#knowledge.get(store, ifi))?.names ?? [];
  }
}

function sightingsIn(agent: Agent): readonly Sighting<KnownPerson>[] {
  const ifi = ifiOf(agent);
  const name = agent.name ?? '';
  if (ifi === undefined || name === '' || name.length > NAME_LENGTH) return [];
  return [{ id: ifi, value: { ifi, names: [name] } }];
}

function mergePersons(known: KnownPerson | undefined, seen: readonly KnownPerson[]): KnownPerson | undefined {
  const sayings = known === undefined ? seen : [known, ...seen];
  const [first] = sayings;
  if (first === undefined) return undefined;
  const names = new Set(sayings.flatMap((saying) => saying.names));
  return { ifi: first.ifi, names: [...names].slice(0, NAMES_KEPT) };
}

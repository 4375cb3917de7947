import type { Ifi } from '#xapi/agent/ifi.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { type Item, type ItemKey, keyAttributes } from '#storage/dynamodb/attributes.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';

const REMEMBERED = 10_000;

/**
 * Who has ever been an authority. An entry per statement for its authority would put every statement of a credential into
 * one partition; instead one item says that `related_agents` has to look through all statements for this agent.
 */
export class KnownAuthorities {
  readonly #table: StatementsTable;
  readonly #known = new Set<string>();

  constructor(table: StatementsTable) {
    this.#table = table;
  }

  /** The items to be written for authorities not seen before; `written` is to be called once they are. */
  unknown(keyspace: Keyspace, authorities: readonly Ifi[]): { readonly items: readonly Item[]; written(): void } {
    const keys = [...new Set(authorities)].map((ifi) => keyspace.authority(ifi)).filter((pk) => !this.#known.has(pk));
    return {
      items: keys.map((pk) => keyAttributes(authorityKey(pk))),
      written: () => keys.forEach((pk) => this.#remember(pk)),
    };
  }

  async has(keyspace: Keyspace, ifi: Ifi): Promise<boolean> {
    const pk = keyspace.authority(ifi);
    if (this.#known.has(pk)) return true;
    const item = await this.#table.get(authorityKey(pk));
    if (item !== undefined) this.#remember(pk);
    return item !== undefined;
  }

  #remember(pk: string): void {
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.add(pk);
  }
}

function authorityKey(pk: string): ItemKey {
  return { pk, sk: 'a' };
}

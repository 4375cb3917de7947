import type { Ifi } from '#xapi/agent/ifi.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { type Item, type ItemKey, keyAttributes } from '#storage/dynamodb/attributes.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';
import { LruMap } from '#storage/lru-map.ts';

const REMEMBERED = 10_000;

/**
 * Who has ever been an authority. An entry per statement for its authority would put every statement of a credential into
 * one partition; instead one item says that `related_agents` has to look through all statements for this agent.
 */
export class KnownAuthorities {
  readonly #table: StatementsTable;
  readonly #known = new LruMap<string, true>(REMEMBERED);

  constructor(table: StatementsTable) {
    this.#table = table;
  }

  /** The items to be written for authorities not seen before; `written` is to be called once they are. */
  unknown(keyspace: Keyspace, authorities: readonly Ifi[]): { readonly items: readonly Item[]; written(): void } {
    const keys = [...new Set(authorities)]
      .map((ifi) => keyspace.authority(ifi))
      .filter((pk) => this.#known.get(pk) === undefined);
    return {
      items: keys.map((pk) => keyAttributes(authorityKey(pk))),
      written: () => keys.forEach((pk) => this.#known.set(pk, true)),
    };
  }

  async has(keyspace: Keyspace, ifi: Ifi): Promise<boolean> {
    const pk = keyspace.authority(ifi);
    if (this.#known.get(pk) === true) return true;
    const item = await this.#table.get(authorityKey(pk));
    if (item !== undefined) this.#known.set(pk, true);
    return item !== undefined;
  }
}

function authorityKey(pk: string): ItemKey {
  return { pk, sk: 'a' };
}

import type { StatementKeys } from '#xapi/statement/statement-keys.ts';
import { forEachBounded } from '#storage/bounded.ts';
import { isConditionFailed } from '#storage/dynamodb/dynamodb-errors.ts';
import { EntryBudget, SERVED_ENTRIES } from '#storage/dynamodb/statements/entry-budget.ts';
import { readEntry, type Pointer } from '#storage/dynamodb/statements/entry-item.ts';
import { inheritedEntries } from '#storage/dynamodb/statements/index-entries.ts';
import type { Journals } from '#storage/dynamodb/statements/journal.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { takeBack, waitFor } from '#storage/dynamodb/statements/placeholder.ts';
import { type Item, keyOf } from '#storage/dynamodb/attributes.ts';
import { CHAIN_LIMIT } from '#storage/dynamodb/statements/target-chain.ts';
import { readStatementRow } from '#storage/dynamodb/statements/statement-item.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';

/** Statements whose referring ones are looked up at once. */
const LOOKUPS_IN_FLIGHT = 16;
/** What is written before it is remembered. */
const ENTRIES_AT_ONCE = 500;

/**
 * The entries that were written for statements that wait. Many may wait for one statement, more than can be served before
 * its position is too old: then it is stamped anew, and the entries, which do not depend on its position, remain.
 */
export class ServedEntries {
  readonly #keys = new Set<string>();

  missing(entries: readonly Item[]): readonly Item[] {
    return entries.filter((entry) => !this.#keys.has(joinedKey(entry)));
  }

  add(entries: readonly Item[]): void {
    for (const entry of entries) this.#keys.add(joinedKey(entry));
  }
}

function joinedKey(item: Item): string {
  const { pk, sk } = keyOf(item);
  return `${pk} ${sk}`;
}

/** The statements that refer to one that is not there yet: how they wait, and how they are served when it comes. */
export class WaitingStatements {
  readonly #table: StatementsTable;
  readonly #journals: Journals;

  constructor(table: StatementsTable, journals: Journals) {
    this.#table = table;
    this.#journals = journals;
  }

  /** @returns false when the statement is there after all, and the chain has to be followed anew. */
  async wait(keyspace: Keyspace, missing: string): Promise<boolean> {
    try {
      await this.#table.update(waitFor(keyspace, missing));
      return true;
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
      return this.clear(keyspace, missing, error.Item);
    }
  }

  /**
   * Turns what an aborted journal left behind into a placeholder, once the journal has ended.
   *
   * @returns false when it is no such remainder, or somebody else changed it meanwhile.
   */
  async clear(keyspace: Keyspace, id: string, left: Item | undefined): Promise<boolean> {
    const journal = left && readStatementRow(left).journal;
    if (journal === undefined || (await this.#journals.settle(keyspace, journal)) === 'committed') return false;
    try {
      await this.#table.update(takeBack(keyspace, id, journal));
      return true;
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
      return false;
    }
  }

  /**
   * Gives every statement that refers to this one, directly or through others, the entries it inherits from it.
   *
   * @param served what this write has given already; added to
   * @throws XapiError `request-too-large` before more entries are written than there is time for
   */
  async serve(
    keyspace: Keyspace,
    id: string,
    inherited: readonly StatementKeys[],
    served: ServedEntries,
  ): Promise<void> {
    const visited = new Set([id]);
    const budget = new EntryBudget(SERVED_ENTRIES);
    let level: readonly string[] = [id];
    for (let links = 0; links < CHAIN_LIMIT && level.length > 0; links += 1) {
      const next = new Set<string>();
      await forEachBounded(level, LOOKUPS_IN_FLIGHT, async (target) => {
        // Also those visited already: an earlier attempt to store them may have referred to something else.
        const referring = (await this.#referringTo(keyspace, target)).filter((pointer) => pointer.id !== id);
        const [first] = referring;
        if (first === undefined) return;
        budget.take(referring.length * inheritedEntries(keyspace, first, inherited).length);
        await this.#serveAll(keyspace, referring, inherited, served);
        for (const pointer of referring) next.add(pointer.id);
      });
      level = [...next.difference(visited)];
      for (const reached of level) visited.add(reached);
    }
  }

  /** Never holds more than the entries of a few statements: one may be found by thousands of keys. */
  async #serveAll(
    keyspace: Keyspace,
    referring: readonly Pointer[],
    inherited: readonly StatementKeys[],
    served: ServedEntries,
  ): Promise<void> {
    let entries: readonly Item[] = [];
    for (const [index, pointer] of referring.entries()) {
      entries = [...entries, ...served.missing(inheritedEntries(keyspace, pointer, inherited))];
      if (entries.length < ENTRIES_AT_ONCE && index < referring.length - 1) continue;
      await this.#table.putAll(entries);
      served.add(entries);
      entries = [];
    }
  }

  async #referringTo(keyspace: Keyspace, id: string): Promise<readonly Pointer[]> {
    const [partition = ''] = keyspace.entryPartitions('ref', id);
    const pointers: Pointer[] = [];
    let startKey: Item | undefined;
    do {
      const page = await this.#table.partition(partition, startKey);
      pointers.push(...page.items.flatMap(readEntry));
      startKey = page.lastKey;
    } while (startKey !== undefined);
    return pointers;
  }
}

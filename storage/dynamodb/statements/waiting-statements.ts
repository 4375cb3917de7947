import type { StatementKeys } from '#xapi/statement/statement-keys.ts';
import { isConditionFailed } from '#storage/dynamodb/sdk-errors.ts';
import { readEntry, type Pointer } from '#storage/dynamodb/statements/entry-item.ts';
import { inheritedEntries } from '#storage/dynamodb/statements/index-entries.ts';
import type { Journals } from '#storage/dynamodb/statements/journal.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { takeBack, waitFor } from '#storage/dynamodb/statements/placeholder.ts';
import type { Item } from '#storage/dynamodb/attributes.ts';
import { readStatementRow } from '#storage/dynamodb/statements/statement-item.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';

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
      return this.clear(keyspace, missing, error.Item ?? {});
    }
  }

  /**
   * Turns what an aborted journal left behind into a placeholder, once the journal has ended.
   *
   * @returns false when it is no such remainder, or somebody else changed it meanwhile.
   */
  async clear(keyspace: Keyspace, id: string, left: Item): Promise<boolean> {
    const { journal } = readStatementRow(left);
    if (journal === undefined || (await this.#journals.settle(keyspace, journal)) === 'committed') return false;
    try {
      await this.#table.update(takeBack(keyspace, id, journal));
      return true;
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
      return false;
    }
  }

  /** Gives every statement that refers to this one, directly or through others, the entries it inherits from it. */
  async serve(keyspace: Keyspace, id: string, inherited: readonly StatementKeys[]): Promise<void> {
    const visited = new Set([id]);
    const queue = [id];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      // Also those visited already: an earlier attempt to store them may have referred to something else.
      const referring = (await this.#referringTo(keyspace, next)).filter((pointer) => pointer.id !== id);
      await this.#table.putAll(referring.flatMap((pointer) => inheritedEntries(keyspace, pointer, inherited)));
      for (const pointer of referring) {
        if (!visited.has(pointer.id)) queue.push(pointer.id);
        visited.add(pointer.id);
      }
    }
  }

  async #referringTo(keyspace: Keyspace, id: string): Promise<readonly Pointer[]> {
    const [partition = ''] = keyspace.entryPartitions('ref', id);
    const pointers: Pointer[] = [];
    let startKey: Item | undefined;
    do {
      const page = await this.#table.query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: partition } },
        ConsistentRead: true,
        ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
      });
      pointers.push(...page.items.flatMap(readEntry));
      startKey = page.lastKey;
    } while (startKey !== undefined);
    return pointers;
  }
}

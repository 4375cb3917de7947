import type { Visibility } from '#access/limits.ts';
import { isLimited, isVisible } from '#access/visibility.ts';
import { type KeyFilters, matchesFilters } from '#xapi/statement/matches.ts';
import { statementKeys, type StatementKeys } from '#xapi/statement/statement-keys.ts';
import type { StoredStatement } from '#xapi/statement/statement.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import type { StatementReader } from '#storage/dynamodb/statements/statement-reader.ts';
import { followTargets } from '#storage/dynamodb/statements/target-chain.ts';
import { meetsAt, type TextPlaces } from '#storage/dynamodb/statements/text-places.ts';

/**
 * Checks filters on statements and what they refer to, reading each target once for a page. A chain of targets ends before
 * the first that may not be seen: what it or those behind it match would tell what they say.
 */
export class FilterProof {
  readonly #keyspace: Keyspace;
  readonly #reader: StatementReader;
  readonly #visible: Visibility;
  readonly #targets = new Map<string, Promise<StatementKeys | undefined>>();

  constructor(keyspace: Keyspace, reader: StatementReader, visible: Visibility) {
    this.#keyspace = keyspace;
    this.#reader = reader;
    this.#visible = visible;
  }

  /** @param places of verb and activity in the text, where they are known */
  meets(statement: StoredStatement, filters: KeyFilters, places?: TextPlaces): boolean | Promise<boolean> {
    // A limit is about more of a statement than its verb and activity.
    const canTell = places !== undefined && !isLimited(this.#visible);
    return (canTell ? meetsAt(statement.text, places, filters) : undefined) ?? this.#meets(statement, filters);
  }

  async #meets({ id, text }: StoredStatement, filters: KeyFilters): Promise<boolean> {
    const keys = statementKeys(this.#reader.parse(text));
    if (!isVisible(keys, this.#visible)) return false;
    if (matchesFilters([keys], filters)) return true;
    if (keys.target === undefined) return false;
    const chain = await followTargets(id, keys.target, (target) => this.#keysOf(target));
    return matchesFilters([keys, ...chain.keys], filters);
  }

  #keysOf(target: string): Promise<StatementKeys | undefined> {
    const known = this.#targets.get(target) ?? this.#readKeys(target);
    this.#targets.set(target, known);
    return known;
  }

  async #readKeys(target: string): Promise<StatementKeys | undefined> {
    const row = await this.#reader.visible(this.#keyspace, target);
    const keys = row && statementKeys(await this.#reader.value(row));
    return keys !== undefined && isVisible(keys, this.#visible) ? keys : undefined;
  }
}

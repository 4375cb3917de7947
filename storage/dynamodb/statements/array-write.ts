import type { StatementKeys } from '#xapi/statement/statement-keys.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import type { PendingStatement } from '#storage/dynamodb/statements/pending-statement.ts';
import { notYetStored, type Placeholder, voidAwaited, voidStored } from '#storage/dynamodb/statements/placeholder.ts';
import type { Item } from '#storage/dynamodb/attributes.ts';
import { type BodyPlace, statementItem } from '#storage/dynamodb/statements/statement-item.ts';
import type { Condition, Update } from '#storage/dynamodb/statements/statements-table.ts';

/** A write of the commit, with the statement it concerns. */
export interface StatementPut {
  readonly id: string;
  readonly item: Item;
  readonly condition: Condition;
}

export interface VoidUpdate {
  readonly id: string;
  readonly update: Update;
}

/**
 * One array on its way into the store: what was found out about each of its statements, from round to round, and the
 * writes that follow from it.
 */
export class ArrayWrite {
  readonly keyspace: Keyspace;
  readonly #statements: ReadonlyMap<string, PendingStatement>;
  readonly #replayed = new Set<string>();
  readonly #placeholders = new Map<string, Placeholder>();
  readonly #inherited = new Map<string, readonly StatementKeys[]>();
  /** Voided statement → the statement of this array that voids it. */
  readonly #voids = new Map<string, { readonly by: string; readonly stored: boolean }>();
  #journals = 0;

  constructor(keyspace: Keyspace, statements: readonly PendingStatement[]) {
    this.keyspace = keyspace;
    this.#statements = new Map(statements.map((statement) => [statement.id, statement]));
  }

  /** Those that are not stored yet. */
  get remaining(): readonly PendingStatement[] {
    return [...this.#statements.values()].filter(({ id }) => !this.#replayed.has(id));
  }

  /** Those that others wait for. */
  get awaited(): readonly PendingStatement[] {
    return this.remaining.filter(({ id }) => this.#placeholders.get(id)?.waiting !== undefined);
  }

  get remainingKeys(): ReadonlyMap<string, StatementKeys> {
    return new Map(this.remaining.map(({ id, keys }) => [id, keys]));
  }

  isReplayed(id: string): boolean {
    return this.#replayed.has(id);
  }

  statement(id: string): PendingStatement | undefined {
    return this.#statements.get(id);
  }

  replayed(id: string): void {
    this.#replayed.add(id);
  }

  metPlaceholder(id: string, placeholder: Placeholder): void {
    this.#placeholders.set(id, placeholder);
  }

  /** What an aborted array had left there is gone. */
  metNothing(id: string): void {
    this.#placeholders.delete(id);
  }

  inherits(id: string, keys: readonly StatementKeys[]): void {
    this.#inherited.set(id, keys);
  }

  /** By which keys the statement is found: its own, and those of the statements it refers to. */
  effectiveKeys(statement: PendingStatement): readonly StatementKeys[] {
    return [statement.keys, ...(this.#inherited.get(statement.id) ?? [])];
  }

  /** A statement of this array voids another, which is in the store (`stored`) or still to come. */
  voids(target: string, by: string, stored: boolean): void {
    this.#voids.set(target, { by, stored });
  }

  /** A new name for a journal of this array. */
  nextJournal(): string {
    this.#journals += 1;
    return `${this.remaining[0]?.at}.${this.#journals}`;
  }

  /** What was found out about references and voiding is found out anew in each round. */
  forgetTargets(): void {
    this.#voids.clear();
    this.#inherited.clear();
  }

  /** @param journal that decides whether the statements exist, unless they are written in one transaction */
  puts(bodies: ReadonlyMap<string, BodyPlace>, journal?: string): readonly StatementPut[] {
    return this.remaining.map(({ id, at, keys, indexed, body }) => {
      const placeholder = this.#placeholders.get(id);
      const item = statementItem(this.keyspace, {
        id,
        at,
        keys,
        indexed,
        body: bodies.get(id) ?? { inline: body },
        // A statement that voids another cannot be voided, so it is not, whoever came first.
        voidedBy: keys.voids === undefined ? placeholder?.voidedBy : undefined,
        voidedInArrayBy: this.#voids.get(id)?.by,
        journal,
        waiting: journal === undefined ? undefined : placeholder?.waiting,
      });
      return { id, item, condition: notYetStored(placeholder) };
    });
  }

  voidUpdates(): readonly VoidUpdate[] {
    const inArray = this.remainingKeys;
    return [...this.#voids]
      .filter(([id]) => !inArray.has(id))
      .map(([id, { by, stored }]) => {
        return { id, update: stored ? voidStored(this.keyspace, id, by) : voidAwaited(this.keyspace, id, by) };
      });
  }
}

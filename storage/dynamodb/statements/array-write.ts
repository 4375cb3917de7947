import type { StatementKeys } from '#xapi/statement/statement-keys.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { askItself, askItselfIfThere, type Pack, packItems } from '#storage/dynamodb/statements/pack-item.ts';
import { packsOf } from '#storage/dynamodb/statements/pack-places.ts';
import type { PendingStatement } from '#storage/dynamodb/statements/pending-statement.ts';
import { notYetStored, type Placeholder, voidAwaited, voidStored } from '#storage/dynamodb/statements/placeholder.ts';
import type { Item, ItemKey } from '#storage/dynamodb/attributes.ts';
import {
  type BodyPlace,
  isVoided,
  type PacksOfStatement,
  statementItem,
} from '#storage/dynamodb/statements/statement-item.ts';
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

/** Of a statement in a pack: pointer, length of the text and marks. */
const BYTES_BESIDE_BODY = 32;

/**
 * What one transaction has to write together: a pack must not come later than its statements, nor alone. Its items are made
 * when they are written: those of thousands of statements together would take more memory than all else.
 */
export interface WriteGroup {
  /** How many items. */
  readonly size: number;
  /** Of the bodies and packs, at the most. */
  readonly bytes: number;
  /** @param journal that decides whether the statements exist, unless they are written in one transaction */
  readonly puts: (journal?: string) => readonly StatementPut[];
  readonly packKeys: readonly ItemKey[];
  readonly packs: (journal?: string) => readonly Item[];
}

/** A statement that another one voids. */
export interface VoidTarget {
  readonly id: string;
  /** What is stored of it; undefined: it is still to come. */
  readonly stored: StoredTarget | undefined;
}

export interface StoredTarget {
  readonly at: string;
  readonly keys: StatementKeys;
  readonly packs: PacksOfStatement | undefined;
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
  readonly #voids = new Map<string, { readonly by: string; readonly stored: StoredTarget | undefined }>();
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

  /** A statement of this array voids another. */
  voids({ id, stored }: VoidTarget, by: string): void {
    this.#voids.set(id, { by, stored });
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

  /** For this round only: their items are made of what is known when they are asked for. */
  groups(bodies: ReadonlyMap<string, BodyPlace>): readonly WriteGroup[] {
    const isInPacks = (statement: PendingStatement): boolean => {
      return statement.packed.length > 0 && !isVoided(this.#voidingOf(statement));
    };
    const group = (statements: readonly PendingStatement[], packs: readonly Pack<PendingStatement>[]): WriteGroup => ({
      size: statements.length + packs.length,
      bytes: [
        ...statements.filter(({ id }) => !bodies.has(id)).map(({ body }) => body.length),
        ...packs.map(bytesOf),
      ].reduce((sum, bytes) => sum + bytes, 0),
      puts: (journal) => statements.map((statement) => this.#put(statement, bodies, journal)),
      packKeys: packs.map(({ key }) => key),
      packs: (journal) => packItems(packs, journal),
    });
    const sections = Map.groupBy(this.remaining.filter(isInPacks), ({ section }) => section);
    const packed = Array.from(sections.values(), (section) => group(section, this.#packsOf(section)));
    const alone = this.remaining.filter((statement) => !isInPacks(statement));
    return [...packed, ...alone.map((statement) => group([statement], []))];
  }

  #put(statement: PendingStatement, bodies: ReadonlyMap<string, BodyPlace>, journal: string | undefined): StatementPut {
    const { id, body } = statement;
    const placeholder = this.#placeholders.get(id);
    const item = statementItem(this.keyspace, {
      ...statement,
      ...this.#voidingOf(statement),
      body: bodies.get(id) ?? { inline: body },
      journal,
      waiting: journal === undefined ? undefined : placeholder?.waiting,
    });
    return { id, item, condition: notYetStored(placeholder) };
  }

  #voidingOf({ id, keys }: PendingStatement) {
    return {
      // A statement that voids another cannot be voided, so it is not, whoever came first.
      voidedBy: keys.voids === undefined ? this.#placeholders.get(id)?.voidedBy : undefined,
      voidedInArrayBy: this.#voids.get(id)?.by,
    };
  }

  #packsOf(statements: readonly PendingStatement[]): readonly Pack<PendingStatement>[] {
    const inPacks = statements.map((statement) => {
      const { keys, packed, packedRelated: related, section } = statement;
      return { member: statement, keys, packed, related, section, shard: this.keyspace.packShard(section) };
    });
    return packsOf(this.keyspace, inPacks);
  }

  /**
   * What has to be done before statements outside of the array are voided, once for each pack: see `askItself`. A
   * statement does not say of which of its related activities there is a pack: each is asked for, and where the
   * condition fails, there is none.
   */
  packUpdates(): readonly Update[] {
    const inArray = this.remainingKeys;
    const voided = Array.from(this.#voids).flatMap(([id, { stored }]) => {
      if (inArray.has(id) || stored?.packs === undefined) return [];
      const { at, keys, packs } = stored;
      return [{ member: at, keys, ...packs, related: keys.relatedActivities }];
    });
    return packsOf(this.keyspace, voided).map(({ kind, key, members }) => {
      return kind === 'related-activity' ? askItselfIfThere(key, members) : askItself(key, members);
    });
  }

  voidUpdates(): readonly VoidUpdate[] {
    const inArray = this.remainingKeys;
    return [...this.#voids]
      .filter(([id]) => !inArray.has(id))
      .map(([id, { by, stored }]) => {
        return {
          id,
          update: stored !== undefined ? voidStored(this.keyspace, id, by) : voidAwaited(this.keyspace, id, by),
        };
      });
  }
}

/** Together, bodies mostly take less than each alone, but are compressed less hard. */
function bytesOf({ members }: Pack<PendingStatement>): number {
  return members.reduce((sum, { body }) => sum + 3 * body.length + BYTES_BESIDE_BODY, 0);
}

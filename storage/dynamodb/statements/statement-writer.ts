import { XapiError } from '#xapi/errors.ts';
import { equalStatements } from '#xapi/statement/equality.ts';
import { statementKeys, type StatementKeys } from '#xapi/statement/statement-keys.ts';
import type { StatementDraft } from '#xapi/statement/statement.ts';
import { voidingOfVoiding } from '#xapi/statement/voiding.ts';
import { forEachBounded } from '#storage/bounded.ts';
import { overloaded } from '#storage/aws/overload.ts';
import type { BlobStore } from '#storage/blob-store.ts';
import type { Item } from '#storage/dynamodb/attributes.ts';
import { ArrayWrite, type StoredTarget } from '#storage/dynamodb/statements/array-write.ts';
import type { KnownAuthorities } from '#storage/dynamodb/statements/authorities.ts';
import { Committer, type Obstacle } from '#storage/dynamodb/statements/commit.ts';
import { EntryBudget, OWN_ENTRIES } from '#storage/dynamodb/statements/entry-budget.ts';
import { entriesOf, inheritedEntries } from '#storage/dynamodb/statements/index-entries.ts';
import type { Journals } from '#storage/dynamodb/statements/journal.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { type PendingStatement, stampAll } from '#storage/dynamodb/statements/pending-statement.ts';
import { pauseBefore } from '#storage/dynamodb/statements/round-pause.ts';
import {
  type BodyPlace,
  ITEM_BODY_LIMIT,
  readStatementRow,
  type StatementRow,
  type VisibleRow,
} from '#storage/dynamodb/statements/statement-item.ts';
import { exists, type ExistingItem, type StatementReader } from '#storage/dynamodb/statements/statement-reader.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';
import { followTargets, type TargetChain } from '#storage/dynamodb/statements/target-chain.ts';
import { ServedEntries, WaitingStatements } from '#storage/dynamodb/statements/waiting-statements.ts';
import type { StoreOutcome } from '#storage/statement-store.ts';
import { withinTime } from '#storage/within-time.ts';
import type { Flight, WriteHorizon } from '#storage/write-horizon.ts';

/**
 * Each round learns of at least one obstacle; more than a few mean that others write the same at the same time. All but one
 * of them will be done with it sooner or later, so that mostly time ends the trying before this does.
 */
const ROUNDS = 24;
/** Statements of one array that are looked up at once, themselves or their targets. */
const REFERENCES_IN_FLIGHT = 16;
/** Large bodies of one array that are put to S3 at once. */
const BODIES_IN_FLIGHT = 16;
/** Items in the way of an array that are dealt with at once. */
const OBSTACLES_IN_FLIGHT = 16;
/** Times an array is stamped anew because writing its entries took too long. */
const STAMPS = 3;

/** Entries of an array that are written with its statements, if their transaction has room; more are written before. */
const ENTRIES_WITH_STATEMENTS = 50;

export interface WriterDependencies {
  readonly table: StatementsTable;
  readonly reader: StatementReader;
  readonly journals: Journals;
  readonly blobs: BlobStore;
  readonly authorities: KnownAuthorities;
  readonly horizon: WriteHorizon;
  readonly now: () => number;
  /** Milliseconds from `stored` within which a write commits or is given up. */
  readonly commitBound: number;
}

/** Statements of the array being written, which may refer to each other before any of them is stored. */
type ArrayKeys = ReadonlyMap<string, StatementKeys>;

type FollowedTarget = TargetChain & {
  /** The first statement of the chain, when it is stored already. */
  readonly target: ExistingItem | undefined;
};

/**
 * Stores arrays of statements. Whatever leads to a statement is written before the statement or with it, because an entry
 * that leads nowhere is harmless, while a statement that is not found is not.
 */
export class StatementWriter {
  readonly #deps: WriterDependencies;
  readonly #waiting: WaitingStatements;
  readonly #committer: Committer;

  constructor(deps: WriterDependencies) {
    this.#deps = deps;
    this.#waiting = new WaitingStatements(deps.table, deps.journals);
    this.#committer = new Committer(deps.table, deps.journals);
  }

  async write(keyspace: Keyspace, drafts: readonly StatementDraft[]): Promise<StoreOutcome> {
    const served = new ServedEntries();
    for (let stamp = 0; stamp < STAMPS; stamp += 1) {
      const flight = this.#deps.horizon.begin(drafts.length);
      try {
        const write = await this.#writeStamped(keyspace, stampAll(drafts, flight.block), flight, served);
        if (write !== undefined) return outcomeOf(write, drafts);
      } finally {
        flight.end();
      }
    }
    throw overloaded(new Error('writing the entries took longer than a write may take'));
  }

  /** @returns undefined when it is too late to commit under these positions. */
  async #writeStamped(
    keyspace: Keyspace,
    statements: readonly PendingStatement[],
    flight: Flight,
    served: ServedEntries,
  ): Promise<ArrayWrite | undefined> {
    const { now, commitBound } = this.#deps;
    const { stored } = flight.block;
    const isTooLate = (): boolean => now() > stored + commitBound / 2;
    const write = new ArrayWrite(keyspace, statements);
    await this.#meetStored(write);
    const entries = await this.#writeEntries(keyspace, write.remaining);
    let bodies: ReadonlyMap<string, BodyPlace> | undefined;
    for (let round = 0; round < ROUNDS; round += 1) {
      await pauseBefore(round);
      await this.#resolveTargets(write);
      if (write.remaining.length === 0) return write;
      await this.#serveWaiting(write, served);
      if (isTooLate()) return undefined;
      bodies ??= await this.#placeBodies(write);
      if (isTooLate()) return undefined;
      const options = { bodies, entries, deadline: stored + commitBound, flight };
      const obstacles = await withinTime(options.deadline, now, (signal) => {
        return this.#committer.commit(write, { ...options, signal });
      });
      await forEachBounded(obstacles, OBSTACLES_IN_FLIGHT, (obstacle) => this.#adapt(write, obstacle));
      if (obstacles.length === 0 || write.remaining.length === 0) return write;
    }
    throw overloaded(new Error('others kept writing the same statements'));
  }

  /**
   * Where bodies are large: their objects stay, because nobody can be sure that no statement is about to name them. So
   * none is put for a replay or a conflict, unless others write the same at the same time.
   */
  async #meetStored(write: ArrayWrite): Promise<void> {
    if (!write.remaining.some(isLarge)) return;
    await forEachBounded(write.remaining, REFERENCES_IN_FLIGHT, async (statement) => {
      await this.#isReplayed(write, statement);
    });
  }

  /** After all else that comes before the commit, in which the array may be refused, or turn out to be too late. */
  async #placeBodies({ keyspace, remaining }: ArrayWrite): Promise<ReadonlyMap<string, BodyPlace>> {
    const places = new Map<string, BodyPlace>();
    await forEachBounded(remaining.filter(isLarge), BODIES_IN_FLIGHT, async ({ id, at, body }) => {
      const blob = keyspace.blob(id, at);
      await this.#deps.blobs.put(blob, body);
      places.set(id, { blob });
    });
    return places;
  }

  /** @returns those that are to be written with the statements, in place of a request of their own before. */
  async #writeEntries(keyspace: Keyspace, statements: readonly PendingStatement[]): Promise<readonly Item[]> {
    const { table, authorities } = this.#deps;
    const news = authorities.unknown(
      keyspace,
      statements.flatMap(({ keys }) => keys.authorities),
    );
    const entries = entriesOf(keyspace, statements);
    new EntryBudget(OWN_ENTRIES).take(entries.length);
    const isLater = entries.length <= ENTRIES_WITH_STATEMENTS && mayFollow(statements);
    await table.putAll([...(isLater ? [] : entries), ...news.items]);
    news.written();
    return isLater ? entries : [];
  }

  /** References: entries under the keys of the targets, or a place among those who wait for them. */
  async #resolveTargets(write: ArrayWrite): Promise<void> {
    write.forgetTargets();
    const array = write.remainingKeys;
    const budget = new EntryBudget(OWN_ENTRIES);
    const inherited: Item[] = [];
    const references = write.remaining.filter(({ keys }) => keys.target !== undefined);
    await forEachBounded(references, REFERENCES_IN_FLIGHT, async (statement) => {
      const chain = await this.#followOrWait(write.keyspace, statement, array);
      write.inherits(statement.id, chain.keys);
      if (voidsVoiding(statement, chain, array)) return this.#refuseUnlessReplayed(write, statement);
      if (statement.keys.voids !== undefined) {
        write.voids({ id: statement.keys.voids, stored: storedTarget(chain) }, statement.id);
      }
      const entries = inheritedEntries(write.keyspace, statement, chain.keys);
      budget.take(entries.length);
      inherited.push(...entries);
    });
    await this.#deps.table.putAll(inherited);
  }

  /** What it voids may have turned out to be a voiding statement after it was stored. */
  async #refuseUnlessReplayed(write: ArrayWrite, statement: PendingStatement): Promise<void> {
    if (!(await this.#isReplayed(write, statement))) throw voidingOfVoiding(statement.keys.voids ?? '');
  }

  /** @throws XapiError `statement-conflict` when another statement is stored under its id */
  async #isReplayed(write: ArrayWrite, statement: PendingStatement): Promise<boolean> {
    const row = await this.#deps.reader.settled(write.keyspace, statement.id);
    if (row === undefined) return false;
    await this.#expectEqual(statement, row);
    write.replayed(statement.id);
    return true;
  }

  /** After the targets are known, because whoever waits for a statement waits for those behind it, too. */
  async #serveWaiting(write: ArrayWrite, served: ServedEntries): Promise<void> {
    await forEachBounded(write.awaited, REFERENCES_IN_FLIGHT, (statement) =>
      this.#waiting.serve(write.keyspace, statement.id, write.effectiveKeys(statement), served),
    );
  }

  async #followOrWait(keyspace: Keyspace, { id, keys }: PendingStatement, array: ArrayKeys): Promise<FollowedTarget> {
    const { target = id } = keys;
    for (let round = 0; round < ROUNDS; round += 1) {
      let first: ExistingItem | undefined;
      const chain = await followTargets(id, target, async (link) => {
        const row = array.has(link) ? undefined : await this.#deps.reader.settled(keyspace, link);
        if (link === target) first = row;
        return array.get(link) ?? (row && statementKeys(await this.#deps.reader.value(row)));
      });
      const complete = chain.missing === undefined || (await this.#waiting.wait(keyspace, chain.missing));
      if (complete) return { ...chain, target: first };
    }
    throw overloaded(new Error(`the chain of references behind ${target} kept changing`));
  }

  async #adapt(write: ArrayWrite, { id, item }: Obstacle): Promise<void> {
    const statement = write.statement(id);
    // Another statement that was to be voided: the next round looks at it anew.
    if (statement === undefined) return void (await this.#waiting.clear(write.keyspace, id, item));
    if (item === undefined) return write.metNothing(id);
    const row = readStatementRow(item);
    const remainderOf = await this.#abortedJournal(write.keyspace, row);
    if (!exists(row) || remainderOf !== undefined) {
      // Not `va`: what the aborted array voided has not been voided.
      write.metPlaceholder(id, { waiting: row.waiting, voidedBy: item['vb']?.S, remainderOf });
    } else {
      await this.#expectEqual(statement, row);
      write.replayed(id);
    }
  }

  /** The journal of the row, when it has ended without the statement. */
  async #abortedJournal(keyspace: Keyspace, { journal }: StatementRow): Promise<string | undefined> {
    if (journal === undefined) return undefined;
    return (await this.#deps.journals.settle(keyspace, journal)) === 'committed' ? undefined : journal;
  }

  /** xAPI 1.0.3, Data 2.3.1 and Communication 2.1.1: an equal statement is a replay, a different one a conflict. */
  async #expectEqual(statement: PendingStatement, row: VisibleRow): Promise<void> {
    const stored = await this.#deps.reader.value(row);
    if (equalStatements(stored, statement.draft.value)) return;
    throw new XapiError({
      code: 'statement-conflict',
      message: `A different statement with the id ${statement.id} is stored already; statements cannot be changed.`,
      path: '$.id',
      received: statement.id,
      section: statement.draft.version === '1.0.3' ? 'xAPI 1.0.3, Communication 2.1.1' : 'xAPI 2.0, 4.1.6.1',
    });
  }
}

function isLarge({ body }: PendingStatement): boolean {
  return body.length > ITEM_BODY_LIMIT;
}

/** xAPI 1.0.3, Data 2.3.2. */
function voidsVoiding({ keys }: PendingStatement, { target }: FollowedTarget, array: ArrayKeys): boolean {
  if (keys.voids === undefined) return false;
  return array.get(keys.voids)?.voids !== undefined || target?.voiding === true;
}

/** Where a transaction is needed in any case, and nobody looks for the entries before: a target's writer does. */
function mayFollow(statements: readonly PendingStatement[]): boolean {
  return (
    statements.some(({ packed }) => packed.length > 0) && statements.every(({ keys }) => keys.target === undefined)
  );
}

function storedTarget({ target, keys: [keys] }: FollowedTarget): StoredTarget | undefined {
  return target === undefined || keys === undefined ? undefined : { at: target.at, packs: target.packs, keys };
}

function outcomeOf(write: ArrayWrite, drafts: readonly StatementDraft[]): StoreOutcome {
  return { results: drafts.map(({ id }) => (write.isReplayed(id) ? 'replayed' : 'stored')) };
}

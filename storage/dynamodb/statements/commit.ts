import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { XapiError } from '#xapi/errors.ts';
import { forEachBounded } from '#storage/bounded.ts';
import { overloaded } from '#storage/aws/overload.ts';
import { DynamoDbError } from '#storage/dynamodb/dynamodb-error.ts';
import { cancellationReasons, isConditionFailed, isConditionReason } from '#storage/dynamodb/dynamodb-errors.ts';
import type { ArrayWrite, StatementPut, VoidUpdate, WriteGroup } from '#storage/dynamodb/statements/array-write.ts';
import type { Journals } from '#storage/dynamodb/statements/journal.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { packRemoval } from '#storage/dynamodb/statements/pack-item.ts';
import { removal, restorePlaceholder } from '#storage/dynamodb/statements/placeholder.ts';
import type { BodyPlace } from '#storage/dynamodb/statements/statement-item.ts';
import type { Item, ItemKey } from '#storage/dynamodb/attributes.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';
import type { Flight } from '#storage/write-horizon.ts';

/** DynamoDB: 100 actions and 4 MB a transaction, keys and overhead included. */
const ACTION_LIMIT = 100;
const BYTE_LIMIT = 3_500_000;
/** What an item holds besides its body, at the most. */
const ITEM_OVERHEAD = 2_000;
/** Transactions of one array under way at once. */
const CONCURRENCY = 4;
/** Packs that are told at once of what is to be voided: typically all. */
const PACKS_IN_FLIGHT = 16;

/** An item that kept the array from being stored, as it stood; undefined when the one expected was gone. */
export interface Obstacle {
  readonly id: string;
  readonly item: Item | undefined;
}

export interface CommitOptions {
  /** Entries that are to be written with the statements, or before them. */
  readonly entries: readonly Item[];
  readonly bodies: ReadonlyMap<string, BodyPlace>;
  /** Milliseconds since 1970: until then a journal may be committed. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** Ended here when it is not known whether the array is stored: then it may be until the deadline. */
  readonly flight: Flight;
}

/** Writes an array, all of it or nothing, in as few calls as its size allows. */
export class Committer {
  readonly #table: StatementsTable;
  readonly #journals: Journals;

  constructor(table: StatementsTable, journals: Journals) {
    this.#table = table;
    this.#journals = journals;
  }

  /** @returns what stood in the way; nothing when the array is stored. */
  async commit(write: ArrayWrite, options: CommitOptions): Promise<readonly Obstacle[]> {
    const { entries, signal } = options;
    const voids = write.voidUpdates();
    const groups = write.groups(options.bodies);
    const fits = fitsTransaction(groups, voids.length);
    if (!fits && voids.length >= ACTION_LIMIT) throw tooManyVoids(voids.length);
    await forEachBounded(write.packUpdates(), PACKS_IN_FLIGHT, (update) => {
      return this.#table.update(update).catch(ignoreFailedCondition);
    });
    if (!fits || !fitsTransaction(groups, voids.length + entries.length)) await this.#table.putAll(entries);
    else if (entries.length > 0) {
      const actions = [...this.#actions(groups, voids), ...this.#unconditional(entries)];
      return inDoubt(options, this.#transact(actions, signal));
    }
    if (!fits) return this.#commitInParts(write, groups, voids, options);
    const [only] = actionsIn(groups) + voids.length === 1 ? groups.flatMap(({ puts }) => puts()) : [];
    if (only !== undefined) return inDoubt(options, this.#put(only, signal));
    return inDoubt(options, this.#transact(this.#actions(groups, voids), signal));
  }

  async #put({ id, item, condition }: StatementPut, signal: AbortSignal): Promise<readonly Obstacle[]> {
    try {
      await this.#table.put(item, condition, signal);
      return [];
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
      return [{ id, item: error.Item }];
    }
  }

  #actions(groups: readonly WriteGroup[], voids: readonly VoidUpdate[], journal?: string): readonly Action[] {
    const puts = groups.flatMap((group) => group.puts(journal));
    return [
      ...puts.map(({ id, item, condition }) => ({ id, action: this.#table.transactPut(item, condition) })),
      ...voids.map(({ id, update }) => ({ id, action: this.#table.transactUpdate(update) })),
      ...this.#unconditional(groups.flatMap(({ packs }) => packs(journal))),
    ];
  }

  #unconditional(items: readonly Item[]): readonly Action[] {
    return items.map((item) => ({ id: undefined, action: this.#table.transactPut(item) }));
  }

  async #transact(actions: readonly Action[], signal: AbortSignal): Promise<readonly Obstacle[]> {
    try {
      await this.#table.transact(
        actions.map(({ action }) => action),
        signal,
      );
      return [];
    } catch (error) {
      const obstacles = (cancellationReasons(error) ?? []).flatMap((reason, index) => {
        const id = actions[index]?.id;
        return isConditionReason(reason) && id !== undefined ? [{ id, item: reason.Item }] : [];
      });
      if (obstacles.length === 0) throw error;
      return obstacles;
    }
  }

  /** Several transactions under a journal, and the one that commits the journal. */
  async #commitInParts(
    write: ArrayWrite,
    groups: readonly WriteGroup[],
    voids: readonly VoidUpdate[],
    options: CommitOptions,
  ): Promise<readonly Obstacle[]> {
    const journal = write.nextJournal();
    await this.#journals.open(write.keyspace, journal, options.deadline, options.signal);
    const written: WriteGroup[] = [];
    let obstacles: readonly Obstacle[];
    try {
      obstacles = await this.#writeParts(inParts(groups), { journal, written, signal: options.signal });
      if (obstacles.length === 0) obstacles = await this.#finish(write, journal, voids, options.signal);
    } catch (error) {
      // The outcome of a call may be unknown: the journal knows it.
      const state = await inDoubt(options, this.#journals.abort(write.keyspace, journal));
      if (state === 'committed') return [];
      await this.#takeBack(write, journal, groups);
      throw error;
    }
    return obstacles.length === 0 ? obstacles : this.#giveUp(write, journal, written, obstacles);
  }

  /** @returns what stood in the way. */
  async #writeParts(
    parts: readonly (readonly WriteGroup[])[],
    { journal, written, signal }: PartsOptions,
  ): Promise<readonly Obstacle[]> {
    const obstacles: Obstacle[] = [];
    await forEachBounded(parts, CONCURRENCY, async (part) => {
      const inTheWay = await this.#transact(this.#actions(part, [], journal), signal);
      obstacles.push(...inTheWay);
      if (inTheWay.length === 0) written.push(...part);
    });
    return obstacles;
  }

  async #finish(
    write: ArrayWrite,
    journal: string,
    voids: readonly VoidUpdate[],
    signal: AbortSignal,
  ): Promise<readonly Obstacle[]> {
    const commitment = {
      id: journal,
      action: this.#table.transactUpdate(this.#journals.commitment(write.keyspace, journal)),
    };
    const obstacles = await this.#transact([commitment, ...this.#actions([], voids)], signal);
    if (obstacles.length === 0) this.#journals.committed(write.keyspace, journal);
    return obstacles;
  }

  async #giveUp(
    write: ArrayWrite,
    journal: string,
    written: readonly WriteGroup[],
    obstacles: readonly Obstacle[],
  ): Promise<readonly Obstacle[]> {
    if ((await this.#journals.abort(write.keyspace, journal)) === 'committed') return [];
    await this.#takeBack(write, journal, written);
    const statements = obstacles.filter(({ id }) => id !== journal);
    if (statements.length === 0) throw overloaded(new Error(`the time of journal ${journal} is over`));
    return statements;
  }

  /** Ends with the first failure: what is left stays unseen, and each of hundreds of calls may take its time to fail. */
  async #takeBack(write: ArrayWrite, journal: string, written: readonly WriteGroup[]): Promise<void> {
    const statements = written.flatMap(({ puts }) => {
      return puts(journal).map(({ id, item: { n } }) => {
        return () => this.#takeBackOne(write.keyspace, id, n !== undefined, journal);
      });
    });
    const packs = written.flatMap(({ packKeys }) => packKeys.map((key) => () => this.#takeBackPack(key, journal)));
    await forEachBounded([...statements, ...packs], CONCURRENCY, (takeBack) => takeBack());
  }

  async #takeBackOne(keyspace: Keyspace, id: string, isAwaited: boolean, journal: string): Promise<void> {
    const takenBack = isAwaited
      ? this.#table.update(restorePlaceholder(keyspace, id, journal))
      : this.#table.delete(removal(keyspace, id, journal));
    await takenBack.catch(ignoreFailedCondition);
  }

  /** Readers would find nothing in it, but read it. */
  async #takeBackPack(key: ItemKey, journal: string): Promise<void> {
    await this.#table.delete(packRemoval(key, journal)).catch(ignoreFailedCondition);
  }
}

/**
 * A write without an answer may still be carried out; also one that was refused for load, if it had been sent before. What
 * DynamoDB refuses for itself, it would have refused each time.
 */
async function inDoubt<Result>({ flight, deadline }: CommitOptions, sending: Promise<Result>): Promise<Result> {
  return sending.catch((error: unknown) => {
    if (!(error instanceof DynamoDbError)) flight.end(deadline);
    throw error;
  });
}

interface PartsOptions {
  readonly journal: string;
  /** Gets the groups as they are written. */
  readonly written: WriteGroup[];
  readonly signal: AbortSignal;
}

interface Action {
  /** The statement that it concerns, or the journal; undefined where nothing can stand in the way. */
  readonly id: string | undefined;
  readonly action: TransactWriteItem;
}

function fitsTransaction(groups: readonly WriteGroup[], others: number): boolean {
  const actions = actionsIn(groups) + others;
  const bytes = groups.reduce((sum, group) => sum + group.bytes, actions * ITEM_OVERHEAD);
  return actions <= ACTION_LIMIT && bytes <= BYTE_LIMIT;
}

function actionsIn(groups: readonly WriteGroup[]): number {
  return groups.reduce((sum, { size }) => sum + size, 0);
}

function inParts(groups: readonly WriteGroup[]): readonly (readonly WriteGroup[])[] {
  const parts: WriteGroup[][] = [];
  let part: WriteGroup[] = [];
  for (const group of groups) {
    if (part.length > 0 && !fitsTransaction([...part, group], 0)) {
      parts.push(part);
      part = [];
    }
    part.push(group);
  }
  return [...parts, part];
}

/** What was not written, or was replaced already, needs no taking back; a pack that is not there, no telling. */
function ignoreFailedCondition(error: unknown): void {
  if (!isConditionFailed(error)) throw error;
}

function tooManyVoids(count: number): XapiError {
  return new XapiError({
    code: 'request-too-large',
    message: `An array that is stored in several transactions can void at most ${ACTION_LIMIT - 1} statements from outside it; send the voiding statements in smaller arrays.`,
    expected: `at most ${ACTION_LIMIT - 1} voided statements`,
    received: String(count),
  });
}

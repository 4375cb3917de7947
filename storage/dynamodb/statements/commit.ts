import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { XapiError } from '#xapi/errors.ts';
import { overloaded } from '#storage/aws/overload.ts';
import { cancellationReasons, isConditionFailed } from '#storage/dynamodb/dynamodb-errors.ts';
import type { ArrayWrite, StatementPut, VoidUpdate } from '#storage/dynamodb/statements/array-write.ts';
import type { Journals } from '#storage/dynamodb/statements/journal.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { removal, restorePlaceholder } from '#storage/dynamodb/statements/placeholder.ts';
import type { BodyPlace } from '#storage/dynamodb/statements/statement-item.ts';
import type { Item } from '#storage/dynamodb/attributes.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';

/** DynamoDB: 100 actions and 4 MB a transaction, keys and overhead included. */
const ACTION_LIMIT = 100;
const BYTE_LIMIT = 3_500_000;
/** What an item holds besides its body, at the most. */
const ITEM_OVERHEAD = 2_000;
/** Transactions of one array under way at once. */
const CONCURRENCY = 4;

/** An item that kept the array from being stored, as it stood; undefined when the one expected was gone. */
export interface Obstacle {
  readonly id: string;
  readonly item: Item | undefined;
}

export interface CommitOptions {
  readonly bodies: ReadonlyMap<string, BodyPlace>;
  /** Milliseconds since 1970: until then a journal may be committed. */
  readonly deadline: number;
  readonly signal: AbortSignal;
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
    const puts = write.puts(options.bodies);
    const voids = write.voidUpdates();
    const [only] = puts;
    if (puts.length === 1 && voids.length === 0 && only !== undefined) return this.#put(only, options.signal);
    if (fitsTransaction(puts, voids.length)) return this.#transact(this.#actions(puts, voids), options.signal);
    return this.#commitInParts(write, voids, options);
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

  #actions(puts: readonly StatementPut[], voids: readonly VoidUpdate[]): readonly Action[] {
    return [
      ...puts.map(({ id, item, condition }) => ({ id, action: this.#table.transactPut(item, condition) })),
      ...voids.map(({ id, update }) => ({ id, action: this.#table.transactUpdate(update) })),
    ];
  }

  async #transact(actions: readonly Action[], signal: AbortSignal): Promise<readonly Obstacle[]> {
    try {
      await this.#table.transact(
        actions.map(({ action }) => action),
        signal,
      );
      return [];
    } catch (error) {
      const obstacles = (cancellationReasons(error) ?? []).flatMap(({ Code, Item: item }, index) => {
        const id = actions[index]?.id;
        return Code === 'ConditionalCheckFailed' && id !== undefined ? [{ id, item }] : [];
      });
      if (obstacles.length === 0) throw error;
      return obstacles;
    }
  }

  /** Several transactions under a journal, and the one that commits the journal. */
  async #commitInParts(
    write: ArrayWrite,
    voids: readonly VoidUpdate[],
    options: CommitOptions,
  ): Promise<readonly Obstacle[]> {
    if (voids.length >= ACTION_LIMIT) throw tooManyVoids(voids.length);
    const journal = write.nextJournal();
    await this.#journals.open(write.keyspace, journal, options.deadline, options.signal);
    const puts = write.puts(options.bodies, journal);
    try {
      const { written, obstacles } = await this.#writeParts(inParts(puts), options.signal);
      if (obstacles.length > 0) return await this.#giveUp(write, journal, written, obstacles);
      return await this.#finish(write, journal, written, voids, options);
    } catch (error) {
      // The outcome of a call may be unknown: the journal knows it.
      if ((await this.#journals.abort(write.keyspace, journal)) === 'committed') return [];
      await this.#takeBack(write, journal, puts);
      throw error;
    }
  }

  async #writeParts(parts: readonly (readonly StatementPut[])[], signal: AbortSignal): Promise<WrittenParts> {
    const written: StatementPut[] = [];
    const obstacles: Obstacle[] = [];
    const queue = parts.values();
    const worker = async (): Promise<void> => {
      for (const part of queue) {
        const inTheWay = await this.#transact(this.#actions(part, []), signal);
        obstacles.push(...inTheWay);
        if (inTheWay.length === 0) written.push(...part);
      }
    };
    await allEnded(Array.from({ length: CONCURRENCY }, worker));
    return { written, obstacles };
  }

  async #finish(
    write: ArrayWrite,
    journal: string,
    written: readonly StatementPut[],
    voids: readonly VoidUpdate[],
    { signal }: CommitOptions,
  ): Promise<readonly Obstacle[]> {
    const commitment = {
      id: journal,
      action: this.#table.transactUpdate(this.#journals.commitment(write.keyspace, journal)),
    };
    const obstacles = await this.#transact([commitment, ...this.#actions([], voids)], signal);
    return obstacles.length === 0 ? [] : this.#giveUp(write, journal, written, obstacles);
  }

  async #giveUp(
    write: ArrayWrite,
    journal: string,
    written: readonly StatementPut[],
    obstacles: readonly Obstacle[],
  ): Promise<readonly Obstacle[]> {
    if ((await this.#journals.abort(write.keyspace, journal)) === 'committed') return [];
    await this.#takeBack(write, journal, written);
    const statements = obstacles.filter(({ id }) => id !== journal);
    if (statements.length === 0) throw overloaded(new Error(`the time of journal ${journal} is over`));
    return statements;
  }

  async #takeBack(write: ArrayWrite, journal: string, written: readonly StatementPut[]): Promise<void> {
    const queue = written.values();
    const worker = async (): Promise<void> => {
      for (const { id, item } of queue) await this.#takeBackOne(write.keyspace, id, item, journal);
    };
    await allEnded(Array.from({ length: CONCURRENCY }, worker));
  }

  async #takeBackOne(keyspace: Keyspace, id: string, item: Item, journal: string): Promise<void> {
    const takenBack =
      item['n'] === undefined
        ? this.#table.delete(removal(keyspace, id, journal))
        : this.#table.update(restorePlaceholder(keyspace, id, journal));
    await takenBack.catch(ignoreFailedCondition);
  }
}

/** Waits for all, so that no write is under way any more when one of them has failed. */
async function allEnded(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

interface WrittenParts {
  readonly written: readonly StatementPut[];
  readonly obstacles: readonly Obstacle[];
}

interface Action {
  readonly id: string;
  readonly action: TransactWriteItem;
}

function fitsTransaction(puts: readonly StatementPut[], others: number): boolean {
  if (puts.length + others > ACTION_LIMIT) return false;
  return puts.reduce((sum, put) => sum + putBytes(put), others * ITEM_OVERHEAD) <= BYTE_LIMIT;
}

function putBytes({ item }: StatementPut): number {
  return ITEM_OVERHEAD + (item['b']?.B?.length ?? item['l']?.B?.length ?? 0);
}

function inParts(puts: readonly StatementPut[]): readonly (readonly StatementPut[])[] {
  const parts: StatementPut[][] = [];
  let part: StatementPut[] = [];
  let bytes = 0;
  for (const put of puts) {
    if (part.length === ACTION_LIMIT || (part.length > 0 && bytes + putBytes(put) > BYTE_LIMIT)) {
      parts.push(part);
      part = [];
      bytes = 0;
    }
    part.push(put);
    bytes += putBytes(put);
  }
  return [...parts, part];
}

/** What was not written, or was replaced already, needs no taking back. */
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

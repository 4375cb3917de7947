import { setTimeout as sleep } from 'node:timers/promises';
import { type Item, type ItemKey, keyAttributes } from '#storage/dynamodb/attributes.ts';
import { isConditionFailed } from '#storage/dynamodb/dynamodb-errors.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import type { StatementsTable, Update } from '#storage/dynamodb/statements/statements-table.ts';
import { LruMap } from '#storage/lru-map.ts';
import type { WriteHorizon } from '#storage/write-horizon.ts';

export type JournalState = 'open' | 'committed' | 'aborted';

/** How often a writer looks again at a journal that is still open, in milliseconds. */
const POLL_INTERVAL = 50;

/** Finished journals whose state is remembered; they never change. */
const REMEMBERED = 10_000;

/**
 * An array that one transaction cannot hold is written in several, whose statements name a journal; they exist once the
 * journal says `committed`, all at that moment. The journal names the time until which its owner may commit. Whoever
 * meets it open when its owner cannot commit any more aborts it.
 *
 * Journals are kept: the state of a statement's journal is part of the statement.
 */
export class Journals {
  readonly #table: StatementsTable;
  readonly #horizon: Pick<WriteHorizon, 'mayCommit'>;
  readonly #finished = new LruMap<string, JournalState>(REMEMBERED);

  constructor(table: StatementsTable, horizon: Pick<WriteHorizon, 'mayCommit'>) {
    this.#table = table;
    this.#horizon = horizon;
  }

  key(keyspace: Keyspace, id: string): ItemKey {
    return { pk: keyspace.journal(id), sk: 'j' };
  }

  /**
   * @param id a position of the array, a dot and a number
   * @param until milliseconds since 1970
   */
  async open(keyspace: Keyspace, id: string, until: number, signal: AbortSignal): Promise<void> {
    const item = { ...keyAttributes(this.key(keyspace, id)), jstate: { S: 'open' }, deadline: { N: String(until) } };
    try {
      await this.#table.put(item, { expression: 'attribute_not_exists(pk)' }, signal);
    } catch (error) {
      // Nobody else uses this name: an answer was lost, and the SDK has sent the request again.
      if (!isConditionFailed(error)) throw error;
    }
  }

  /** The update that commits it, to travel in the last transaction of its owner. */
  commitment(keyspace: Keyspace, id: string): Update {
    return this.#transition(keyspace, id, 'committed');
  }

  /** Its owner has committed it. */
  committed(keyspace: Keyspace, id: string): void {
    this.#remember(keyspace, id, 'committed');
  }

  /** @returns the state the journal ends in: `committed` if its owner was faster. */
  async abort(keyspace: Keyspace, id: string): Promise<JournalState> {
    try {
      await this.#table.update(this.#transition(keyspace, id, 'aborted'));
      return this.#remember(keyspace, id, 'aborted');
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
      return this.#remember(keyspace, id, stateOf(error.Item));
    }
  }

  #transition(keyspace: Keyspace, id: string, state: JournalState): Update {
    return {
      key: this.key(keyspace, id),
      expression: 'SET jstate = :state',
      condition: 'jstate = :open',
      values: { ':state': { S: state }, ':open': { S: 'open' } },
    };
  }

  /** The final state; waits for an open journal, and aborts it when its owner has not ended it. */
  async settle(keyspace: Keyspace, id: string): Promise<JournalState> {
    const known = this.#finished.get(this.#name(keyspace, id));
    if (known !== undefined) return known;
    for (;;) {
      const item = await this.#table.get(this.key(keyspace, id));
      const state = stateOf(item);
      if (state !== 'open') return this.#remember(keyspace, id, state);
      const [position = ''] = id.split('.');
      if (!this.#horizon.mayCommit(position, Number(item?.['deadline']?.N))) return this.abort(keyspace, id);
      await sleep(POLL_INTERVAL);
    }
  }

  /** Remembered states; what is not remembered must be read, see `key` and `learn`. */
  isCommitted(keyspace: Keyspace, id: string): boolean | undefined {
    const state = this.#finished.get(this.#name(keyspace, id));
    return state === undefined ? undefined : state === 'committed';
  }

  /** Takes note of a journal item that was read along with others. @returns whether it is committed. */
  learn(keyspace: Keyspace, id: string, item: Item | undefined): boolean {
    const state = stateOf(item);
    if (state !== 'open') this.#remember(keyspace, id, state);
    return state === 'committed';
  }

  #remember(keyspace: Keyspace, id: string, state: JournalState): JournalState {
    this.#finished.set(this.#name(keyspace, id), state);
    return state;
  }

  #name(keyspace: Keyspace, id: string): string {
    return keyspace.journal(id);
  }
}

/** A journal that cannot be read was never opened, so nothing it stands for exists. */
function stateOf(item: Item | undefined): JournalState {
  const state = item?.['jstate']?.S;
  return state === 'open' || state === 'committed' ? state : 'aborted';
}

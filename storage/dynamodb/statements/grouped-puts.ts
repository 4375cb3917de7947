import type { CancellationReason, Put } from '@aws-sdk/client-dynamodb';
import { type Item, keyOf } from '#storage/dynamodb/attributes.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { cancellationReasons, conditionFailed, isConditionReason } from '#storage/dynamodb/dynamodb-errors.ts';
import { type Puts, SinglePuts } from '#storage/dynamodb/statements/puts.ts';

/** Puts of a group: while it is written, the function answers those of the group before and takes what comes next. */
const GROUP_LIMIT = 8;
/** Texts and bytes of the items of a group; DynamoDB takes 4 MB. */
const SIZE_LIMIT = 1_000_000;

/**
 * Puts that come while others are under way wait, and then go together in one transaction. This is for an engine that commits
 * one write after another, at a price that is mostly the same however much it writes; on AWS a transaction costs double. One
 * that finds none under way goes alone and at once.
 *
 * One whose condition does not hold leaves its group, and the others go again without it. Where it is not known why a group
 * failed, or whether, each goes alone; one that had succeeded unheard then meets its own item, as a single one does that is
 * sent again. One whose time is over while it waits is never sent.
 */
export class GroupedPuts implements Puts {
  readonly #client: DynamoDb;
  readonly #alone: Puts;
  #waiting: WaitingPut[] = [];
  #isSending = false;

  constructor(client: DynamoDb) {
    this.#client = client;
    this.#alone = new SinglePuts(client);
  }

  async put(put: Put, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting = { put, signal, ...measured(put.Item ?? {}), resolve, reject };
    this.#waiting.push(waiting);
    const giveUp = (): void => this.#giveUp(waiting);
    signal.addEventListener('abort', giveUp);
    if (!this.#isSending) void this.#sendWaiting();
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** Of one that is being sent, the call tells what becomes of it. */
  #giveUp(put: WaitingPut): void {
    if (!this.#waiting.includes(put)) return;
    this.#waiting = this.#waiting.filter((other) => other !== put);
    put.reject(put.signal.reason);
  }

  async #sendWaiting(): Promise<void> {
    this.#isSending = true;
    while (this.#waiting.length > 0) {
      const group = nextGroup(this.#waiting);
      this.#waiting = this.#waiting.filter((put) => !group.includes(put));
      await this.#send(group);
    }
    this.#isSending = false;
  }

  /** Never fails: each put is told what has become of it. */
  async #send(group: readonly WaitingPut[]): Promise<void> {
    if (group.length <= 1) return this.#sendEachAlone(group);
    try {
      const TransactItems = group.map(({ put }) => ({ Put: put }));
      const signal = AbortSignal.any(group.map((one) => one.signal));
      await this.#client.call('TransactWriteItems', { TransactItems }, { signal });
      for (const { resolve } of group) resolve();
    } catch (error) {
      const reasons = cancellationReasons(error) ?? [];
      const others = group.filter((put, index) => !refuse(put, reasons[index]));
      await (others.length < group.length ? this.#send(others) : this.#sendEachAlone(group));
    }
  }

  async #sendEachAlone(puts: readonly WaitingPut[]): Promise<void> {
    await Promise.all(
      puts.map(({ put, signal, resolve, reject }) => this.#alone.put(put, signal).then(resolve, reject)),
    );
  }
}

interface WaitingPut {
  readonly put: Put;
  readonly signal: AbortSignal;
  /** Of the item, as one text. */
  readonly key: string;
  /** Texts and bytes of the item. */
  readonly size: number;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

function measured(item: Item): Pick<WaitingPut, 'key' | 'size'> {
  const { pk, sk } = keyOf(item);
  const size = Object.values(item).reduce((sum, { S = '', B }) => sum + S.length + (B?.byteLength ?? 0), 0);
  return { key: `${pk}|${sk}`, size };
}

/** Those that have waited longest, at least one; a transaction does no two things to one item. */
function nextGroup(waiting: readonly WaitingPut[]): readonly WaitingPut[] {
  const group = new Map<string, WaitingPut>();
  let size = 0;
  for (const put of waiting) {
    if (group.has(put.key)) continue;
    size += put.size;
    if (group.size === GROUP_LIMIT || (group.size > 0 && size > SIZE_LIMIT)) break;
    group.set(put.key, put);
  }
  return [...group.values()];
}

/** @returns whether it was this put whose condition did not hold. */
function refuse({ reject }: WaitingPut, reason: CancellationReason | undefined): boolean {
  if (!isConditionReason(reason)) return false;
  reject(conditionFailed(reason));
  return true;
}

import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import { type Item, keyOf } from '#storage/dynamodb/attributes.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { cancellationReasons, conditionFailed, isConditionReason } from '#storage/dynamodb/dynamodb-errors.ts';
import { type ConditionalPut, type Puts, SinglePuts } from '#storage/dynamodb/statements/puts.ts';

/** Puts of a group: while it is written, the function answers those of the group before and takes what comes next. */
const GROUP_LIMIT = 8;
/** Texts and bytes of the items of a group; DynamoDB takes 4 MB. */
const BYTE_LIMIT = 1_000_000;

/**
 * Puts that come while others are under way wait, and then go together in one transaction. This is for an engine that commits
 * one write after another, at a price that is mostly the same however much it writes; on AWS a transaction costs double. One
 * that finds none under way goes alone and at once.
 *
 * One whose condition does not hold leaves its group, and the others go again without it. Where it is not known why a group
 * failed, or whether, each goes alone; one that had succeeded unheard then meets its own item, as a single one does that is
 * sent again.
 */
export class GroupedPuts implements Puts {
  readonly #client: DynamoDb;
  readonly #alone: Puts;
  #waiting: readonly WaitingPut[] = [];
  #isSending = false;

  constructor(client: DynamoDb) {
    this.#client = client;
    this.#alone = new SinglePuts(client);
  }

  async put(put: ConditionalPut, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting = [...this.#waiting, { put, signal, resolve, reject }];
    if (!this.#isSending) void this.#sendWaiting();
    return promise;
  }

  async #sendWaiting(): Promise<void> {
    this.#isSending = true;
    while (this.#waiting.length > 0) {
      const group = nextGroup(this.#waiting);
      this.#waiting = this.#waiting.filter((put) => !group.has(put));
      await this.#send([...group]);
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
  readonly put: ConditionalPut;
  readonly signal: AbortSignal;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** The first that are waiting, as many as a transaction is to have; it does no two things to one item. */
function nextGroup(waiting: readonly WaitingPut[]): ReadonlySet<WaitingPut> {
  const group = new Map<string, WaitingPut>();
  let bytes = 0;
  for (const one of waiting) {
    const item = one.put.Item ?? {};
    const { pk, sk } = keyOf(item);
    const key = `${pk}|${sk}`;
    bytes += bytesOf(item);
    if (group.size > 0 && bytes > BYTE_LIMIT) break;
    if (!group.has(key)) group.set(key, one);
    if (group.size === GROUP_LIMIT) break;
  }
  return new Set(group.values());
}

function bytesOf(item: Item): number {
  return Object.values(item).reduce((sum, { S = '', B }) => sum + S.length + (B?.byteLength ?? 0), 0);
}

/** @returns whether it was this put whose condition did not hold. */
function refuse({ reject }: WaitingPut, reason: CancellationReason | undefined): boolean {
  if (reason === undefined || !isConditionReason(reason)) return false;
  reject(conditionFailed(reason));
  return true;
}

import type { Delete, Put, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Item, keyOf } from '#storage/dynamodb/attributes.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { cancellationReasons, conditionFailed, isConditionReason } from '#storage/dynamodb/dynamodb-errors.ts';
import { SingleWrites, type Write, type WriteOptions, type Writes } from '#storage/dynamodb/writes.ts';

/** Writes of a group: while it is written, the function answers those of the group before and takes what comes next. */
const GROUP_LIMIT = 8;
/** Texts and bytes of the items of a group; DynamoDB takes 4 MB. */
const SIZE_LIMIT = 1_000_000;

/**
 * Writes that come while others are under way wait, and then go together in one transaction. This is for an engine that
 * commits one write after another, at a price that is mostly the same however much it writes; on AWS a transaction costs
 * double. One that finds none under way goes alone and at once. Of one item, they are carried out in the order in which
 * they came.
 *
 * One whose condition does not hold leaves its group, and the others go again without it. Where it is not known why a group
 * failed, or whether, each goes alone; one that had succeeded unheard then meets what it did itself, as a single one does
 * that is sent again. One whose time is over while it waits is never sent.
 *
 * A transaction returns no old items. So a write that may need one is in a group under the condition that there is none
 * which is needed; if that does not hold, or its own condition, it goes alone, and as if it had never been in a group. One
 * for which that will hardly hold goes alone beside its group.
 */
export class GroupedWrites implements Writes {
  readonly #client: DynamoDb;
  readonly #alone: Writes;
  #waiting: WaitingWrite[] = [];
  #isSending = false;

  constructor(client: DynamoDb) {
    this.#client = client;
    this.#alone = new SingleWrites(client);
  }

  async write(write: Write, options: WriteOptions = {}): Promise<Item | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<Item | undefined>();
    const waiting = { write, options, ...measured(write), resolve, reject };
    const { signal } = options;
    this.#waiting.push(waiting);
    const giveUp = (): void => this.#giveUp(waiting);
    signal?.addEventListener('abort', giveUp);
    if (!this.#isSending) void this.#sendWaiting();
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** Of one that is being sent, the call tells what becomes of it. */
  #giveUp(write: WaitingWrite): void {
    if (!this.#waiting.includes(write)) return;
    this.#waiting = this.#waiting.filter((other) => other !== write);
    write.reject(write.options.signal?.reason);
  }

  async #sendWaiting(): Promise<void> {
    this.#isSending = true;
    while (this.#waiting.length > 0) {
      const group = nextGroup(this.#waiting);
      this.#waiting = this.#waiting.filter((write) => !group.includes(write));
      const alone = group.filter(likelyNeedsOld);
      const together = group.filter((write) => !alone.includes(write));
      await Promise.all([this.#sendEachAlone(alone), this.#send(together)]);
    }
    this.#isSending = false;
  }

  /** Never fails: each write is told what has become of it. */
  async #send(group: readonly WaitingWrite[]): Promise<void> {
    if (group.length <= 1) return this.#sendEachAlone(group);
    try {
      const signals = group.flatMap(({ options }) => options.signal ?? []);
      const signal = signals.length === 0 ? undefined : AbortSignal.any(signals);
      await this.#client.call('TransactWriteItems', { TransactItems: group.map(inTransaction) }, { signal });
      for (const { resolve } of group) resolve(undefined);
    } catch (error) {
      const reasons = cancellationReasons(error) ?? [];
      const [others, leaving]: [WaitingWrite[], WaitingWrite[]] = [[], []];
      for (const [index, write] of group.entries()) {
        const reason = reasons[index];
        if (!isConditionReason(reason)) others.push(write);
        else if (write.options.oldWith === undefined) write.reject(conditionFailed(reason));
        else leaving.push(write);
      }
      if (others.length === group.length) return this.#sendEachAlone(group);
      await Promise.all([this.#sendEachAlone(leaving), this.#send(others)]);
    }
  }

  async #sendEachAlone(writes: readonly WaitingWrite[]): Promise<void> {
    await Promise.all(
      writes.map(({ write, options, resolve, reject }) => this.#alone.write(write, options).then(resolve, reject)),
    );
  }
}

interface WaitingWrite {
  readonly write: Write;
  readonly options: WriteOptions;
  /** Of the item, as one text. */
  readonly key: string;
  /** Texts and bytes of the item. */
  readonly size: number;
  readonly resolve: (old: Item | undefined) => void;
  readonly reject: (reason: unknown) => void;
}

function measured(write: Write): Pick<WaitingWrite, 'key' | 'size'> {
  const { TableName, item = {} } =
    'Put' in write ? { ...write.Put, item: write.Put.Item } : { ...write.Delete, item: write.Delete.Key };
  const { pk, sk } = keyOf(item);
  const size = Object.values(item).reduce((sum, { S = '', B }) => sum + S.length + (B?.byteLength ?? 0), 0);
  return { key: `${TableName}|${pk}|${sk}`, size };
}

/** Those that have waited longest, at least one; a transaction does no two things to one item. */
function nextGroup(waiting: readonly WaitingWrite[]): readonly WaitingWrite[] {
  const group = new Map<string, WaitingWrite>();
  let size = 0;
  for (const write of waiting) {
    if (group.has(write.key)) continue;
    size += write.size;
    if (group.size === GROUP_LIMIT || (group.size > 0 && size > SIZE_LIMIT)) break;
    group.set(write.key, write);
  }
  return [...group.values()];
}

/** What has an attribute mostly takes the place of something that had it. */
function likelyNeedsOld({ write, options: { oldWith } }: WaitingWrite): boolean {
  return 'Put' in write && oldWith !== undefined && write.Put.Item?.[oldWith] !== undefined;
}

function inTransaction({ write, options: { oldWith } }: WaitingWrite): TransactWriteItem {
  if (oldWith === undefined) return write;
  return 'Put' in write ? { Put: whereLacking(oldWith, write.Put) } : { Delete: whereLacking(oldWith, write.Delete) };
}

/** The same under the further condition that the item as it stands lacks the attribute. */
function whereLacking<Action extends Put | Delete>(attribute: string, action: Action): Action {
  const lacks = `attribute_not_exists(${attribute})`;
  const { ConditionExpression: own } = action;
  return { ...action, ConditionExpression: own === undefined ? lacks : `(${own}) AND ${lacks}` };
}

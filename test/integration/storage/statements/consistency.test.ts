import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { StatementStore } from '#storage/statement-store.ts';
import { type Item, textOf } from '#storage/dynamodb/attributes.ts';
import { DynamoDbError } from '#storage/dynamodb/dynamodb-error.ts';
import { BoundedHorizon, InProcessHorizon } from '#storage/write-horizon.ts';
import { type Call, concerns, connectionLost, type Interceptor } from '#test/support/faulty-client.ts';
import { outcomeOf } from '#test/support/outcome-of.ts';
import { drafts, idsOf, uuidOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { walk } from '#test/support/statement-walk.ts';

const BATCHES = 24;
const WRITERS = 4;
/** Milliseconds. */
const COMMIT_BOUND = 600;
const INDEX_LAG = 150;

const stores = await statementStores();

/** An index that follows its table with a delay: the line of the writers tells what that of the readers may show. */
function laggingIndex(): { readonly writing: Interceptor; readonly reading: Interceptor } {
  const committed = new Map<string, number>();
  const isVisible = (item: Item): boolean => (committed.get(textOf(item, 'p')) ?? Infinity) + INDEX_LAG < Date.now();
  return {
    writing: async ({ input }, send) => {
      const items = itemsPutBy(input).filter((item) => item['p'] !== undefined);
      if (items.length > 0) await sleep(Math.random() * 100);
      const output = await send();
      for (const item of items) committed.set(textOf(item, 'p'), Date.now());
      return output;
    },
    reading: async ({ input }, send) => {
      const output = await send();
      if (!('IndexName' in input) || !('Items' in output)) return output;
      return { ...output, Items: output.Items?.filter(isVisible) };
    },
  };
}

function itemsPutBy(input: Call['input']): readonly Item[] {
  if ('Item' in input) return [input.Item ?? {}];
  if (!('TransactItems' in input)) return [];
  return (input.TransactItems ?? []).flatMap((action) => {
    const put = 'Put' in action ? action.Put?.Item : undefined;
    return put === undefined ? [] : [put];
  });
}

/** Small arrays and, now and then, one of several transactions. */
async function writeAll(open: () => StatementStore, store: string): Promise<readonly string[]> {
  const written: string[] = [];
  const batches = Array.from({ length: BATCHES }, (_, index) =>
    drafts(index % 8 === 7 ? 120 : 3, index * 1_000),
  ).values();
  const writer = async (): Promise<void> => {
    const statements = open();
    for (const batch of batches) {
      await statements.store(store, batch);
      written.push(...batch.map(({ id }) => id));
      await sleep(Math.random() * 20);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return written;
}

/** Walks on and on from where the page before ended, as pipelines do. */
async function follow(statements: StatementStore, store: string, isOver: () => boolean): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  for (;;) {
    const last = isOver();
    const query = { store, filters: {}, ascending: true, limit: 7, maxBytes: 1_000_000 };
    let next: string | undefined;
    do {
      const page = await statements.query({ ...query, ...(after !== undefined && { after }) });
      ids.push(...page.statements.map(({ id }) => id));
      after = page.statements.at(-1)?.at ?? after;
      next = page.next;
    } while (next !== undefined);
    if (last) return ids;
    await sleep(5);
  }
}

async function expectNoGapAndNoRepeat(
  open: () => StatementStore,
  reader: StatementStore,
  store: string,
  settled: number,
): Promise<void> {
  let over = false;
  const following = follow(reader, store, () => over);
  const written = await writeAll(open, store);
  await sleep(settled);
  over = true;
  const followed = await following;
  expect(followed.toSorted()).toEqual(written.toSorted());
  expect(followed).toEqual(await walk(reader, { store, ascending: true }));
}

describe('a walk in ascending order during writes', () => {
  it('has no gap and no repeat in a single process', async () => {
    const statements = stores.open();
    await expectNoGapAndNoRepeat(() => statements, statements, 'single', 5);
  });

  it('has no gap and no repeat beside other processes, though indexes lag', async () => {
    const options = {
      commitBound: COMMIT_BOUND,
      horizon: (positions: ConstructorParameters<typeof BoundedHorizon>[0], now: () => number) =>
        new BoundedHorizon(positions, now, COMMIT_BOUND + INDEX_LAG),
    };
    const { writing, reading } = laggingIndex();
    const reader = stores.openIntercepted(reading, options);
    await expectNoGapAndNoRepeat(
      () => stores.openIntercepted(writing, options),
      reader,
      'several',
      COMMIT_BOUND + INDEX_LAG + 50,
    );
  });

  it('does not pass a write in flight', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const slow = stores.openIntercepted(async (call, send) => {
      if (call.name === 'PutItem') await promise;
      return send();
    });
    const [first, second] = [drafts(1, 1), drafts(1, 2)];
    const writing = slow.store('flight', first);
    await sleep(20);
    const statements = stores.open();
    await statements.store('flight', second);
    expect(await walk(statements, { store: 'flight', ascending: true })).toEqual([]);
    expect(await walk(statements, { store: 'flight' })).toEqual([uuidOf(2)]);
    resolve();
    await writing;
    await sleep(2);
    expect(await walk(statements, { store: 'flight', ascending: true })).toEqual([uuidOf(1), uuidOf(2)]);
  });
});

/** The only process that writes, by a clock that stands still. */
function alone(intercept: Interceptor) {
  const clock = { now: Date.now() };
  const statements = stores.openIntercepted(intercept, {
    now: () => clock.now,
    horizon: (positions, now) => new InProcessHorizon(positions, now),
    commitBound: COMMIT_BOUND,
    isOnlyWriter: true,
  });
  return { clock, statements };
}

describe('a write without an answer', () => {
  it.each([
    ['a statement', drafts(1, 1)],
    ['a transaction', drafts(40, 1)],
  ])('is not passed by a walk in ascending order while it may still be carried out: %s', async (_, first) => {
    const store = stores.anotherStore();
    let carryOut: (() => Promise<unknown>) | undefined;
    const { clock, statements } = alone((call, send) => {
      if (carryOut !== undefined || !isCommit(call)) return send();
      carryOut = send;
      throw connectionLost();
    });
    const begun = clock.now;
    expect(await outcomeOf(statements.store(store, first))).toBe('overloaded');
    clock.now += 10;
    await statements.store(store, drafts(1, 1_000));
    expect(statements.consistentThrough()).toBe(begun - 1);
    expect(await walk(statements, { store, ascending: true })).toEqual([]);
    expect(await walk(statements, { store })).toEqual([uuidOf(1_000)]);
    await carryOut?.();
    clock.now = begun + COMMIT_BOUND + 1;
    expect(statements.consistentThrough()).toBe(clock.now);
    expect(await walk(statements, { store, ascending: true })).toEqual([...idsOf(first), uuidOf(1_000)]);
  });

  it('is not passed when its journal could not be aborted either', async () => {
    const { clock, statements } = alone((call, send) => {
      return call.name === 'UpdateItem' || isTransaction(call) ? Promise.reject(connectionLost()) : send();
    });
    expect(await outcomeOf(statements.store(stores.anotherStore(), drafts(120, 1)))).toBe('overloaded');
    expect(statements.consistentThrough()).toBe(clock.now - 1);
  });

  it('does not keep one of its millisecond waiting for itself, which meets its journal', async () => {
    const store = stores.anotherStore();
    let isOut = true;
    const { statements } = alone((call, send) => {
      const isLost = isOut && (call.name === 'UpdateItem' || (isTransaction(call) && concerns(call, 'committed')));
      return isLost ? Promise.reject(connectionLost()) : send();
    });
    const array = drafts(120, 1);
    expect(await outcomeOf(statements.store(store, array))).toBe('overloaded');
    isOut = false;
    expect(await outcomeOf(statements.store(store, array))).toBe('stored');
    expect(await walk(statements, { store })).toHaveLength(array.length);
  });

  it.each([
    ['DynamoDB refuses it', isCommit, 1, refused],
    ['it fails before it commits', ({ name }: Call) => name === 'BatchWriteItem', 1, connectionLost],
    ['its journal is aborted', isTransaction, 120, connectionLost],
  ])('is passed at once where it will not be carried out: %s', async (_, concerns, size, error) => {
    const store = stores.anotherStore();
    const { clock, statements } = alone((call, send) => (concerns(call) ? Promise.reject(error()) : send()));
    await expect(statements.store(store, drafts(size, 1))).rejects.toBeInstanceOf(Error);
    expect(statements.consistentThrough()).toBe(clock.now);
  });
});

function refused(): Error {
  return new DynamoDbError('ValidationException', { message: 'too large' });
}

function isCommit(call: Call): boolean {
  return call.name === 'PutItem' || isTransaction(call);
}

function isTransaction({ name }: Call): boolean {
  return name === 'TransactWriteItems';
}

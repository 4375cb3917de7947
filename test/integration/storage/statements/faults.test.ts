import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { DynamoDbError } from '#storage/dynamodb/dynamodb-error.ts';
import type { StatementDraft } from '#xapi/statement/statement.ts';
import { type Call, connectionLost, forgetfulClient, type Interceptor } from '#test/support/faulty-client.ts';
import { outcomeOf } from '#test/support/outcome-of.ts';
import { aDraft, aReference, aVoiding, drafts, uuidOf } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { expectFullyIndexed, walk } from '#test/support/statement-walk.ts';

const stores = await statementStores();
/** One that no other test uses. */
let store: string;

beforeEach(() => {
  store = stores.anotherStore();
});

const [voiding, reference, awaited, target] = [uuidOf(1), uuidOf(2), uuidOf(3), uuidOf(4)];

/** An array that needs everything: entries, references in, out and to what is to come, voiding, a replay. */
function everything(size: number): readonly StatementDraft[] {
  const rest = drafts(size, 100, (index) => ({ result: { response: `${index}` } }));
  return [aVoiding(voiding, target), aReference(reference, awaited), aReference(uuidOf(5), uuidOf(100)), ...rest];
}

async function prepare(): Promise<void> {
  const statements = stores.open();
  await statements.store(store, [aDraft(target), aReference(uuidOf(6), uuidOf(101))]);
}

async function expectAllOrNone(array: readonly StatementDraft[], acknowledged: boolean): Promise<void> {
  const statements = stores.open();
  const found = await Promise.all(array.map(({ id }) => statements.get(store, id)));
  const stored = found.filter((one) => one !== undefined).length;
  expect([acknowledged ? array.length : 0, array.length]).toContain(stored);
  expect(await statements.get(store, target)).toMatchObject({ voided: stored > 0 });
  const ids = new Set(array.map(({ id }) => id));
  expect((await walk(statements, { store })).filter((id) => ids.has(id))).toHaveLength(stored);
}

/** Sends again until it is taken, as a client does. */
async function storeAtLast(array: readonly StatementDraft[]): Promise<void> {
  const statements = stores.open();
  await statements.store(store, array);
  expect(await walk(statements, { store, ascending: true, limit: 60 })).toEqual([
    uuidOf(6),
    ...array.map(({ id }) => id),
  ]);
  for (const [id, target] of [
    [reference, awaited],
    [uuidOf(5), uuidOf(100)],
    [uuidOf(6), uuidOf(101)],
  ] as const) {
    const value = array.find((draft) => draft.id === id)?.value ?? aReference(id, target).value;
    const targets = array.filter((draft) => draft.id === target).map((draft) => draft.value);
    await expectFullyIndexed(statements, store, value, targets);
  }
}

type Fault = 'before' | 'after' | 'conflict' | 'unprocessed';

/** Lets things go wrong at some calls, counted from the first. */
function withFaults(faults: ReadonlyMap<number, Fault>): Interceptor {
  let count = 0;
  return async (call, send) => {
    const fault = faults.get(count);
    count += 1;
    if (fault === 'before') throw throttled();
    if (fault === 'conflict' && isConditional(call)) throw conflict();
    if (fault === 'unprocessed' && 'RequestItems' in call.input && call.name === 'BatchWriteItem') {
      return { UnprocessedItems: call.input.RequestItems };
    }
    const output = await send();
    if (fault === 'after') throw connectionLost();
    return output;
  };
}

const throttled = (): Error => Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
const conflict = (): Error =>
  new DynamoDbError('TransactionConflictException', { message: 'a transaction is under way' });
const isConditional = ({ name }: Call): boolean => ['PutItem', 'UpdateItem', 'DeleteItem'].includes(name);

const arbitraryFaults = fc
  .array(fc.tuple(fc.nat({ max: 30 }), fc.constantFrom<Fault>('before', 'after', 'conflict', 'unprocessed')), {
    minLength: 1,
    maxLength: 4,
  })
  .map((faults) => new Map(faults));

describe.each([
  { size: 10, runs: 10 },
  { size: 120, runs: 3 },
])('an array of $size and more, when calls fail', ({ size, runs }) => {
  it('is stored or not, and stored at last', async () => {
    const array = everything(size);
    const property = fc.asyncProperty(arbitraryFaults, async (faults) => {
      store = stores.anotherStore();
      await prepare();
      const failing = stores.openIntercepted(withFaults(faults));
      const outcome = await outcomeOf(failing.store(store, array));
      expect(['stored', 'overloaded']).toContain(outcome);
      await expectAllOrNone(array, outcome === 'stored');
      await storeAtLast(array);
    });
    await fc.assert(property, { numRuns: runs });
  });
});

describe('an answer that is lost, whose request the SDK sends again', () => {
  it.each(['PutItem', 'TransactWriteItems', 'UpdateItem', 'BatchWriteItem'])('does no harm: %s', async (name) => {
    const array = everything(110);
    await prepare();
    await stores.open({ client: forgetfulClient(stores.endpoint, name) }).store(store, array);
    await expectAllOrNone(array, true);
    await storeAtLast(array);
  });

  it('does no harm to a statement alone', async () => {
    const statements = stores.open({ client: forgetfulClient(stores.endpoint, 'PutItem') });
    await statements.store(store, [aDraft(target)]);
    await expectFullyIndexed(stores.open(), store, aDraft(target).value);
  });
});

describe('a write that meets a transaction on its item', () => {
  it('is sent again', async () => {
    let conflicts = 3;
    const statements = stores.openIntercepted((call, send) => {
      if (isConditional(call) && (conflicts -= 1) >= 0) throw conflict();
      return send();
    });
    expect(await statements.store(store, [aReference(reference, awaited)])).toEqual({ results: ['stored'] });
  });
});

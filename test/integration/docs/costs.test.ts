import { beforeEach, describe, expect, it } from 'vitest';
import { type Meter, meter } from '#bench/capacity/meter.ts';
import { openStores, type Operation, operationsOn, PAGE, type Stores } from '#bench/capacity/operations.ts';
import { Random } from '#bench/lake/random.ts';
import { aTypicalStatement, TypicalDrafts } from '#bench/support/typical.ts';
import { DOCUMENTS, STATEMENTS } from '#storage/dynamodb/tables.ts';
import { DEFAULT_STORE } from '#access/store.ts';
import { freshBucket, type FreshTables, freshTables } from '#test/support/engine.ts';
import {
  BATCHES,
  CAPACITY,
  type Capacity,
  type OperationName,
  STATE_BYTES,
  STATEMENT_BYTES,
  STORED_BYTES,
} from '#tools/cost/capacity.ts';
import { storedBytes } from './stored-bytes.ts';

let tables: FreshTables;
let stores: Stores;
let measure: Meter['measure'];
let drafts: TypicalDrafts;

async function openMetered(): Promise<void> {
  const [fresh, { bucket }] = await Promise.all([freshTables(), freshBucket()]);
  const metered = meter(fresh.client, bucket);
  tables = fresh;
  measure = metered.measure;
  drafts = typicalDrafts();
  stores = openStores({ ...fresh, client: metered.client }, metered.objects);
}

/**
 * The same in each run: how well the bodies of a pack compress together depends on their ids, too. With random ones, some
 * packs of one in hundreds of arrays of 350 took a KB more than all others, and so the array up to 6 write units.
 */
function typicalDrafts(): TypicalDrafts {
  const random = new Random(1);
  return new TypicalDrafts(() => random.uuid());
}

describe('capacity in tools/cost/capacity.ts', () => {
  beforeEach(async () => {
    await openMetered();
    for (let array = 0; array < 2; array += 1) await stores.statements.store(DEFAULT_STORE, drafts.array(PAGE));
  });

  it.each(Object.entries<Capacity>(CAPACITY))('is what it takes to %s', async (name, capacity) => {
    const operations: Readonly<Record<OperationName, Operation>> = operationsOn(stores, drafts);
    const operation = Object.entries(operations).find(([known]) => known === name)?.[1];
    const { readUnits, requests, ...rest } = await measure(
      (await operation?.()) ?? (() => Promise.reject(new Error(name))),
    );
    expect({ ...rest, readUnits: capacity.readUnits }).toEqual(capacity);
    expect(requests).toBeGreaterThanOrEqual(rest.roundTrips);
    // A page is as many bytes as its statements compress to, which differs a little each time.
    expect(readUnits).toBeLessThanOrEqual(capacity.readUnits);
    expect(readUnits).toBeGreaterThanOrEqual(Math.min(capacity.readUnits, capacity.readUnits * 0.9 - 1));
  });
});

describe('bytes in tools/cost/capacity.ts', () => {
  it.each(BATCHES)('are those that a statement takes in arrays of %i', async (batch) => {
    await openMetered();
    const times = Math.ceil(100 / batch);
    for (let time = 0; time < times; time += 1) await stores.statements.store(DEFAULT_STORE, drafts.array(batch));
    const { table, indexes } = await storedBytes(tables.sdk, tables.names.statements, STATEMENTS);
    const each = { table: table / times / batch, indexes: indexes / times / batch };
    const { table: ofTable, indexes: ofIndexes } = STORED_BYTES[batch];
    expect(Math.abs(each.table - ofTable)).toBeLessThan(0.02 * ofTable);
    expect(Math.abs(each.indexes - ofIndexes)).toBeLessThanOrEqual(0.02 * ofIndexes);
  });

  it('are those that a state of 500 bytes takes', async () => {
    await openMetered();
    await (
      await operationsOn(stores, drafts)['put a state of 500 bytes']()
    )();
    const { table } = await storedBytes(tables.sdk, tables.names.documents, DOCUMENTS);
    expect(table).toBe(STATE_BYTES);
  });

  it('are those of a statement as JSON', async () => {
    await openMetered();
    const draft = drafts.one();
    await stores.statements.store(DEFAULT_STORE, [draft]);
    const stored = await stores.statements.get(DEFAULT_STORE, draft.id);
    expect(Math.abs(JSON.stringify(aTypicalStatement()).length / STATEMENT_BYTES.sent - 1)).toBeLessThan(0.02);
    expect(Math.abs((stored?.text.length ?? 0) / STATEMENT_BYTES.returned - 1)).toBeLessThan(0.02);
  });
});

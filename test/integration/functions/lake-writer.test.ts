import { randomBytes } from 'node:crypto';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StatementDraft } from '#xapi/statement/statement.ts';
import { concerns, connectionLost, gate } from '#test/support/faulty-client.ts';
import { type LakeFunctions, lakeFunctions } from '#test/support/lake-functions.ts';
import { seededRandom } from '#test/support/random.ts';
import { aDraft, aVoiding, drafts, uuidOf } from '#test/support/statement-drafts.ts';
import { walk } from '#test/support/statement-walk.ts';

const [v, t, other] = [uuidOf(1), uuidOf(2), uuidOf(3)];
const MINUTE = 60_000;

const store = 'acme';

let lake: LakeFunctions;

beforeEach(async () => {
  lake = await lakeFunctions();
});

async function storeAll(arrays: readonly (readonly StatementDraft[])[]): Promise<void> {
  const statements = lake.stores.open();
  for (const array of arrays) await statements.store(store, array);
}

/** The lake has what queries of the store give, each once. */
async function expectSame(): Promise<void> {
  await lake.compactCalled();
  await lake.compactAll();
  const stored = await walk(lake.stores.open(), { store, ascending: true });
  expect(await lake.ids(store)).toEqual(stored);
}

const NOTHING_FAILED = { batchItemFailures: [] };

describe('the writer of the lake', () => {
  it('brings statements in, whatever their size, and says how long that took', async () => {
    const sizes = [100, 3_000, 350_000, 4_000_000];
    const array = sizes.map((size, index) => {
      return [aDraft(uuidOf(index), { result: { response: randomBytes(size / 2).toString('hex') } })];
    });
    await storeAll(array);
    const batch = await lake.records();
    const kinds = batch.map(({ dynamodb }) => ['b', 'l', 's3'].find((kind) => dynamodb?.NewImage?.[kind]));
    expect(kinds).toEqual(['b', 'l', 'l', 's3']);
    expect(await lake.write(batch)).toEqual(NOTHING_FAILED);
    expect(await lake.ids(store)).toEqual(sizes.map((_, index) => uuidOf(index)));
    expect(JSON.parse(lake.lines.at(-1) ?? '')).toMatchObject({ LakeRows: 4, LakeLag: expect.any(Number) });
    await expectSame();
  });

  it('brings in an array that took several transactions', async () => {
    await storeAll([drafts(350, 0)]);
    expect(await lake.write(await lake.records())).toEqual(NOTHING_FAILED);
    expect(await lake.ids(store)).toHaveLength(350);
    await expectSame();
  });

  it('waits for the end of an array that is being written', async () => {
    const end = gate();
    const statements = lake.stores.openIntercepted(async (call, send) => {
      if (concerns(call, 'jstate = :state')) await end.pass();
      return send();
    });
    const storing = statements.store(store, drafts(150, 0));
    await end.reached;
    const batch = await lake.records();
    expect(batch.length).toBeGreaterThan(0);
    const writing = lake.write(batch);
    end.open();
    await storing;
    expect(await writing).toEqual(NOTHING_FAILED);
    await lake.write(await lake.records());
    expect(await lake.ids(store)).toHaveLength(150);
    await expectSame();
  });

  it('leaves out an array that was given up, and brings it in when it is sent again', async () => {
    const failing = lake.stores.openIntercepted((call, send) => {
      if (call.name === 'DeleteItem' || concerns(call, 'jstate = :state')) throw connectionLost();
      return send();
    });
    await expect(failing.store(store, drafts(150, 0))).rejects.toMatchObject({ code: 'overloaded' });
    const left = await lake.records();
    expect(left).toHaveLength(150);
    expect(await lake.write(left, { now: () => Date.now() + MINUTE })).toEqual(NOTHING_FAILED);
    expect(await lake.ids(store)).toEqual([]);
    await storeAll([drafts(150, 0)]);
    expect(await lake.write(await lake.records())).toEqual(NOTHING_FAILED);
    expect(await lake.ids(store)).toHaveLength(150);
    await expectSame();
  });

  it.each([
    ['after it', [[aDraft(t)], [aVoiding(v, t)]]],
    ['before it', [[aVoiding(v, t)], [aDraft(t)]]],
    ['with it', [[aVoiding(v, t), aDraft(t)]]],
    ['with it, the other way round', [[aDraft(t), aVoiding(v, t)]]],
    ['twice', [[aDraft(t)], [aVoiding(v, t)], [aVoiding(other, t)]]],
    ['with it, in several transactions', [[aDraft(t), ...drafts(150, 100), aVoiding(v, t)]]],
    ['in several transactions', [[aDraft(t)], [...drafts(150, 100), aVoiding(v, t)]]],
    ['before it, though it voids something itself', [[aVoiding(v, t)], [aVoiding(t, other)]]],
  ])('takes a statement out that is voided %s', async (_, arrays) => {
    await storeAll(arrays);
    expect(await lake.write(await lake.records())).toEqual(NOTHING_FAILED);
    await expectSame();
  });

  it('takes a statement out that is voided in a later batch, as soon as the compactor has done what it is called for', async () => {
    await storeAll([[aDraft(t), aDraft(other)]]);
    const first = await lake.records();
    await lake.write(first);
    await lake.compactCalled();
    expect(await lake.ids(store)).toEqual([t, other]);
    await storeAll([[aVoiding(v, t)]]);
    const second = (await lake.records()).slice(first.length);
    await lake.write(second);
    expect(lake.calls).toEqual([{ store, day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/u) }]);
    await lake.compactCalled();
    expect(await lake.ids(store)).toEqual([other, v]);
  });

  it('takes a statement out that was deleted', async () => {
    await storeAll([[aDraft(t), aDraft(other)]]);
    const { sdk, tableName: TableName } = lake.stores;
    await sdk.send(new DeleteItemCommand({ TableName, Key: { pk: { S: `${store}|s|${t}` }, sk: { S: 's' } } }));
    await lake.write(await lake.records());
    await expectSame();
    expect(await lake.ids(store)).toEqual([other]);
  });

  it('brings each in once, when batches come again, in other lots and in any order', async () => {
    const random = seededRandom(7);
    await storeAll([
      drafts(40, 100),
      [aVoiding(v, uuidOf(110))],
      [aVoiding(other, t)],
      drafts(120, 200),
      [aDraft(t)],
      [aVoiding(uuidOf(4), uuidOf(220))],
    ]);
    const all = await lake.records();
    const lots = Array.from({ length: 12 }, () => {
      const start = Math.floor(random() * all.length);
      return all.slice(start, start + 1 + Math.floor(random() * 60));
    });
    for (const lot of lots) {
      await lake.write(lot);
      if (random() < 0.3) await lake.compactCalled();
    }
    await Promise.all([all.slice(0, 90), all.slice(60), all.toReversed()].map((lot) => lake.write(lot)));
    await expectSame();
  });
});

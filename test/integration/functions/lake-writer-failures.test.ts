import { beforeEach, describe, expect, it } from 'vitest';
import { deliver } from '#local/stream/deliver.ts';
import { firstFailure } from '#local/stream/first-failure.ts';
import { overloaded } from '#storage/aws/overload.ts';
import { readStreamRecord, type StreamRecord } from '#storage/dynamodb/statements/stream-record.ts';
import type { ObjectStore } from '#storage/object-store.ts';
import { interceptedObjects } from '#test/support/intercepted-objects.ts';
import { type LakeFunctions, lakeFunctions } from '#test/support/lake-functions.ts';
import { aDraft, aVoiding, drafts, uuidOf } from '#test/support/statement-drafts.ts';

const STORE = 'default';
/** Characters: two of them are more than the writer brings in at once. */
const HUGE = 5_000_000;

let lake: LakeFunctions;

beforeEach(async () => {
  lake = await lakeFunctions();
});

/** Objects that are refused from this call on. */
function refusing(objects: ObjectStore, call: number): ObjectStore {
  let calls = 0;
  return interceptedObjects(objects, async (_, send) => {
    calls += 1;
    if (calls >= call) throw overloaded(new Error('SlowDown'));
    return send();
  });
}

function sequenceOf(record: StreamRecord | undefined): string {
  return record?.dynamodb?.SequenceNumber ?? '';
}

/** Delivers them as Lambda does, in halves where a call fails. @returns ids of what it gives up */
async function deliverAll(records: readonly StreamRecord[]): Promise<readonly string[]> {
  const givenUp: string[] = [];
  const onTheWay = records.map((record) => {
    const json = JSON.stringify(record);
    return { sequence: sequenceOf(record), time: 0, json, size: json.length };
  });
  await deliver(onTheWay, {
    call: async (batch) => {
      const answer = await lake.write(batch.map(({ json }) => JSON.parse(json))).catch(() => 'failed');
      if (answer === 'failed') return 0;
      return firstFailure(
        batch.map(({ sequence }) => sequence),
        answer,
      );
    },
    onDone: () => Promise.resolve(),
    onGivenUp: ({ json }) => void givenUp.push(readStreamRecord(JSON.parse(json))?.id ?? ''),
    signal: new AbortController().signal,
    wait: () => Promise.resolve(),
  });
  return givenUp;
}

describe('the writer of the lake', () => {
  it('names the record from which on storage was out of reach; those before are there', async () => {
    const statements = lake.stores.open();
    for (const index of [0, 1, 2]) {
      await statements.store(STORE, [aDraft(uuidOf(index), { result: { response: 'x'.repeat(HUGE) } })]);
    }
    const records = await lake.records();
    // The first two are one lot, of eight calls.
    const objects = refusing(lake.objects, 10);
    const failure = { itemIdentifier: sequenceOf(records[2]) };
    expect(await lake.write(records, { objects })).toEqual({ batchItemFailures: [failure] });
    expect(await lake.ids(STORE)).toEqual([uuidOf(0), uuidOf(1)]);
    expect(await lake.write(records.slice(2))).toEqual({ batchItemFailures: [] });
    expect(await lake.ids(STORE)).toEqual([uuidOf(0), uuidOf(1), uuidOf(2)]);
  });

  it('names the first record when nothing could be done', async () => {
    await lake.stores.open().store(STORE, drafts(3, 0));
    const records = await lake.records();
    const failure = { itemIdentifier: sequenceOf(records[0]) };
    for (const call of [1, 2, 3, 4]) {
      const answer = await lake.write(records, { objects: refusing(lake.objects, call) });
      expect(answer).toEqual({ batchItemFailures: [failure] });
      expect(await lake.ids(STORE)).toEqual([]);
    }
    expect(lake.lines.filter((line) => line.includes('lake not reached'))).toHaveLength(4);
  });

  it('brings in all but the record whose body it cannot read, which is given up alone', async () => {
    await lake.stores.open().store(STORE, drafts(20, 0));
    const records = await lake.records();
    const spoilt = records.map((record, index) => {
      if (index !== 13) return record;
      const image = { ...record.dynamodb?.NewImage, b: { B: Buffer.of(99, 1, 2).toString('base64') } };
      return { dynamodb: { ...record.dynamodb, NewImage: image } };
    });
    expect(await deliverAll(spoilt)).toEqual([uuidOf(13)]);
    const there = drafts(20, 0).map(({ id }) => id);
    expect(await lake.ids(STORE)).toEqual(there.filter((id) => id !== uuidOf(13)));
  });

  it('delivers again what was voided, when the compactor cannot be called', async () => {
    const statements = lake.stores.open();
    await statements.store(STORE, [aDraft(uuidOf(1))]);
    await statements.store(STORE, [aVoiding(uuidOf(2), uuidOf(1))]);
    const records = await lake.records();
    const compactor = { call: () => Promise.reject(overloaded(new Error('TooManyRequestsException'))) };
    const failure = { itemIdentifier: sequenceOf(records[0]) };
    expect(await lake.write(records, { compactor })).toEqual({ batchItemFailures: [failure] });
    expect(await lake.write(records)).toEqual({ batchItemFailures: [] });
    await lake.compactCalled();
    expect(await lake.ids(STORE)).toEqual([uuidOf(2)]);
  });

  it('leaves what there is no time for to the next call', async () => {
    await lake.stores.open().store(STORE, drafts(3, 0));
    const records = await lake.records();
    const failure = { itemIdentifier: sequenceOf(records[0]) };
    expect(await lake.write(records, { remaining: 59_999 })).toEqual({ batchItemFailures: [failure] });
    expect(await lake.ids(STORE)).toEqual([]);
  });
});

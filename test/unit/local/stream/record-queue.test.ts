import { describe, expect, it } from 'vitest';
import { RecordQueue } from '#local/stream/record-queue.ts';
import type { StreamRecord } from '#local/stream/stream-record.ts';

const LIMITS = { size: 3, bytes: 100, window: 2_000 };

function recordsOf(...sizes: readonly number[]): StreamRecord[] {
  return sizes.map((size, index) => ({ sequence: String(index), time: 0, json: '{}', size }));
}

function sequencesOf(records: readonly StreamRecord[]): readonly string[] {
  return records.map(({ sequence }) => sequence);
}

describe('RecordQueue', () => {
  it('never has a batch of nothing', () => {
    const queue = new RecordQueue(LIMITS);
    expect([queue.isEmpty, queue.isFull, queue.dueIn(5)]).toEqual([true, false, Infinity]);
  });

  it('has a batch when the first record has waited for the window, however late others come', () => {
    const queue = new RecordQueue(LIMITS);
    queue.add(recordsOf(1), 1_000);
    queue.add(recordsOf(1), 2_900);
    expect([queue.dueIn(1_000), queue.dueIn(2_900), queue.dueIn(3_000), queue.dueIn(9_000)]).toEqual([
      2_000, 100, 0, 0,
    ]);
    expect(queue.take(3_000)).toHaveLength(2);
    expect(queue.isEmpty).toBe(true);
    queue.add(recordsOf(1), 7_000);
    expect(queue.dueIn(7_000)).toBe(2_000);
  });

  it('has a batch at once when there are enough records, and keeps the order', () => {
    const queue = new RecordQueue(LIMITS);
    queue.add(recordsOf(1, 1, 1, 1, 1), 0);
    expect([queue.isFull, queue.dueIn(0)]).toEqual([true, 0]);
    expect(sequencesOf(queue.take(10))).toEqual(['0', '1', '2']);
    expect([queue.isFull, queue.dueIn(10)]).toEqual([false, 2_000]);
    expect(sequencesOf(queue.take(20))).toEqual(['3', '4']);
  });

  it('keeps a batch within its bytes', () => {
    const queue = new RecordQueue(LIMITS);
    queue.add(recordsOf(60, 40, 1), 0);
    expect(queue.isFull).toBe(true);
    expect(sequencesOf(queue.take(0))).toEqual(['0', '1']);
    expect(sequencesOf(queue.take(0))).toEqual(['2']);
  });

  it('gives a record that is too large by itself', () => {
    const queue = new RecordQueue(LIMITS);
    queue.add(recordsOf(101, 101), 0);
    expect(sequencesOf(queue.take(0))).toEqual(['0']);
    expect(sequencesOf(queue.take(0))).toEqual(['1']);
  });
});

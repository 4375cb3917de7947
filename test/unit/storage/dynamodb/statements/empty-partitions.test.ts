import { describe, expect, it } from 'vitest';
import { EmptyPartitions } from '#storage/dynamodb/statements/empty-partitions.ts';
import { gate } from '#test/support/faulty-client.ts';

const P = new Set(['p']);
const Q = new Set(['q']);

async function written(): Promise<void> {
  await Promise.resolve();
}

async function failed(): Promise<void> {
  await Promise.resolve();
  throw new Error('no answer');
}

async function findNothing(empty: EmptyPartitions, partition: string): Promise<void> {
  await empty.asking(partition, written, () => true);
}

describe('EmptyPartitions', () => {
  it('knows what was found empty until it is written to', async () => {
    const empty = new EmptyPartitions();
    expect(empty.has('p')).toBe(false);
    await findNothing(empty, 'p');
    await empty.writing(Q, written);
    expect(empty.has('p')).toBe(true);
    const { reached, pass, open } = gate();
    const write = empty.writing(P, pass);
    await reached;
    expect(empty.has('p')).toBe(false);
    open();
    await write;
    expect(empty.has('p')).toBe(false);
    await findNothing(empty, 'p');
    expect(empty.has('p')).toBe(true);
  });

  it('does not take for empty what something was found in, or what could not be asked', async () => {
    const empty = new EmptyPartitions();
    expect(
      await empty.asking(
        'p',
        () => Promise.resolve(3),
        (count) => count === 0,
      ),
    ).toBe(3);
    await expect(empty.asking('p', failed, () => true)).rejects.toThrow('no answer');
    expect(empty.has('p')).toBe(false);
    await findNothing(empty, 'p');
    expect(empty.has('p')).toBe(true);
  });

  it.each([
    ['was under way before', ['write', 'ask', 'answer', 'end']],
    ['was under way before, and has ended since', ['write', 'ask', 'end', 'answer']],
    ['began meanwhile', ['ask', 'write', 'answer', 'end']],
    ['began and ended meanwhile', ['ask', 'write', 'end', 'answer']],
    ['was one of two, of which the other one has ended', ['write', 'other', 'ask', 'answer', 'end']],
  ])('learns nothing while a write there %s', async (_, steps) => {
    const empty = new EmptyPartitions();
    const [writing, answering] = [gate(), gate()];
    const asked: Promise<void>[] = [];
    const writes: Promise<void>[] = [];
    const does: Record<string, () => unknown> = {
      ask: () => void asked.push(empty.asking('p', answering.pass, () => true)),
      write: () => void writes.push(empty.writing(P, writing.pass)),
      other: () => empty.writing(P, written),
      answer: () => {
        answering.open();
        return asked[0];
      },
      end: () => {
        writing.open();
        return writes[0];
      },
    };
    for (const step of steps) await does[step]?.();
    expect(asked).toHaveLength(1);
    expect(empty.has('p')).toBe(false);
    await findNothing(empty, 'p');
    expect(empty.has('p')).toBe(true);
  });

  it('learns of one partition while another one is written to', async () => {
    const empty = new EmptyPartitions();
    const { pass, open } = gate();
    const write = empty.writing(Q, pass);
    await findNothing(empty, 'p');
    expect(empty.has('p')).toBe(true);
    open();
    await write;
  });

  it('never again believes that a partition is empty that a failed write may still reach', async () => {
    const empty = new EmptyPartitions();
    await expect(empty.writing(P, failed)).rejects.toThrow('no answer');
    await findNothing(empty, 'p');
    await findNothing(empty, 'q');
    expect(empty.has('p')).toBe(false);
    expect(empty.has('q')).toBe(true);
  });

  it('learns nothing new after too many failed writes, and forgets nothing of what is sure', async () => {
    const empty = new EmptyPartitions();
    await findNothing(empty, 'q');
    const many = new Set(Array.from({ length: 10_100 }, (_, index) => `${index}`));
    await expect(empty.writing(many, failed)).rejects.toThrow('no answer');
    await findNothing(empty, 'p');
    expect(empty.has('p')).toBe(false);
    expect(empty.has('q')).toBe(true);
    await expect(empty.writing(Q, failed)).rejects.toThrow('no answer');
    expect(empty.has('q')).toBe(false);
  });

  it('remembers the partitions that were asked last', async () => {
    const empty = new EmptyPartitions();
    for (let index = 0; index <= 10_000; index += 1) await findNothing(empty, `${index}`);
    expect(empty.has('0')).toBe(false);
    expect(empty.has('1')).toBe(true);
    expect(empty.has('10000')).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { EmptyPartitions, type FoundEmpty } from '#storage/dynamodb/statements/empty-partitions.ts';
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

describe('EmptyPartitions', () => {
  it('knows what was found empty until it is written to', async () => {
    const empty = new EmptyPartitions();
    expect(empty.has('p')).toBe(false);
    empty.asking()('p');
    await empty.writing(Q, written);
    expect(empty.has('p')).toBe(true);
    const { reached, pass, open } = gate();
    const write = empty.writing(P, pass);
    await reached;
    expect(empty.has('p')).toBe(false);
    open();
    await write;
    expect(empty.has('p')).toBe(false);
    empty.asking()('p');
    expect(empty.has('p')).toBe(true);
  });

  it.each([
    ['was under way before', ['write', 'ask', 'found', 'end']],
    ['was under way before, and has ended since', ['write', 'ask', 'end', 'found']],
    ['began meanwhile', ['ask', 'write', 'found', 'end']],
    ['began and ended meanwhile', ['ask', 'write', 'end', 'found']],
  ])('learns nothing while a write %s', async (_, steps) => {
    const empty = new EmptyPartitions();
    const { pass, open } = gate();
    const asked: FoundEmpty[] = [];
    const writes: Promise<void>[] = [];
    const does: Record<string, () => unknown> = {
      ask: () => void asked.push(empty.asking()),
      write: () => void writes.push(empty.writing(P, pass)),
      found: () => asked[0]?.('p'),
      end: () => {
        open();
        return writes[0];
      },
    };
    for (const step of steps) await does[step]?.();
    expect(empty.has('p')).toBe(false);
  });

  it('never again believes that a partition is empty that a failed write may still reach', async () => {
    const empty = new EmptyPartitions();
    await expect(empty.writing(P, failed)).rejects.toThrow('no answer');
    empty.asking()('p');
    empty.asking()('q');
    expect(empty.has('p')).toBe(false);
    expect(empty.has('q')).toBe(true);
  });

  it('learns nothing new after too many failed writes, and forgets nothing of what is sure', async () => {
    const empty = new EmptyPartitions();
    empty.asking()('q');
    const many = new Set(Array.from({ length: 10_100 }, (_, index) => `${index}`));
    await expect(empty.writing(many, failed)).rejects.toThrow('no answer');
    empty.asking()('p');
    expect(empty.has('p')).toBe(false);
    expect(empty.has('q')).toBe(true);
    await expect(empty.writing(Q, failed)).rejects.toThrow('no answer');
    expect(empty.has('q')).toBe(false);
  });

  it('remembers the partitions that were asked last', () => {
    const empty = new EmptyPartitions();
    for (let index = 0; index <= 10_000; index += 1) empty.asking()(`${index}`);
    expect(empty.has('0')).toBe(false);
    expect(empty.has('1')).toBe(true);
    expect(empty.has('10000')).toBe(true);
  });
});

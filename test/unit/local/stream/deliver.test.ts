import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliver } from '#local/stream/deliver.ts';
import type { StreamRecord } from '#local/stream/stream-record.ts';

interface Run {
  /** The sequence numbers of each call. */
  readonly calls: readonly (readonly string[])[];
  readonly done: readonly number[];
  readonly givenUp: readonly string[];
  readonly pauses: readonly number[];
}

function recordsOf(count: number): StreamRecord[] {
  return Array.from({ length: count }, (_, index) => ({ sequence: String(index), time: 0, json: '{}', size: 2 }));
}

/** @param answer to a call with these sequence numbers: index of the first that failed */
async function run(
  count: number,
  answer: (sequences: readonly string[], call: number) => number | undefined,
  stopAfter = Infinity,
): Promise<Run> {
  const made = { calls: [] as string[][], done: [] as number[], givenUp: [] as string[], pauses: [] as number[] };
  const stopping = new AbortController();
  await deliver(recordsOf(count), {
    call: async (records) => {
      const sequences = records.map(({ sequence }) => sequence);
      made.calls.push(sequences);
      if (made.calls.length >= stopAfter) stopping.abort();
      return answer(sequences, made.calls.length);
    },
    onDone: async (done) => void made.done.push(done),
    onGivenUp: ({ sequence }) => void made.givenUp.push(sequence),
    signal: stopping.signal,
    wait: async (pause) => void made.pauses.push(pause),
  });
  return made;
}

describe('deliver', () => {
  it('calls the function once when all goes well', async () => {
    expect(await run(3, () => undefined)).toEqual({ calls: [['0', '1', '2']], done: [3], givenUp: [], pauses: [] });
  });

  it('begins again with the record that the function names, and takes those before for done', async () => {
    const { calls, done } = await run(4, (_, call) => (call === 1 ? 2 : undefined));
    expect(calls).toEqual([
      ['0', '1', '2', '3'],
      ['2', '3'],
    ]);
    expect(done).toEqual([2, 4]);
  });

  it('halves a batch on which the function fails as a whole', async () => {
    const { calls, done } = await run(5, (_, call) => (call <= 2 ? 0 : undefined));
    expect(calls).toEqual([['0', '1', '2', '3', '4'], ['0', '1', '2'], ['0', '1'], ['2'], ['3', '4']]);
    expect(done).toEqual([2, 3, 5]);
  });

  it('gives a record up after ten retries, with ever longer pauses, and goes on with the next', async () => {
    const { calls, givenUp, pauses, done } = await run(3, (sequences) => (sequences.includes('1') ? 0 : undefined));
    expect(givenUp).toEqual(['1']);
    expect(calls.filter((call) => call.join() === '1')).toHaveLength(11);
    expect(pauses.slice(-10)).toEqual([1, 2, 4, 8, 16, 30, 30, 30, 30, 30].map((seconds) => seconds * 1_000));
    expect(done.at(-1)).toBe(3);
    expect(calls.at(-1)).toEqual(['2']);
  });

  it('makes no call after the signal, and tells what was done by then', async () => {
    expect(await run(4, () => 2, 1)).toMatchObject({ calls: [['0', '1', '2', '3']], done: [2] });
  });

  it('calls the function with every record, in order, and gives up no other than those that always fail', async () => {
    const poison = fc.uniqueArray(fc.nat(19), { maxLength: 4 });
    const failures = fc.array(fc.option(fc.nat(19), { nil: undefined }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), poison, failures, async (count, poisoned, random) => {
        const bad = new Set(poisoned.filter((index) => index < count).map(String));
        const handled: string[] = [];
        const { done, givenUp } = await run(count, (sequences, call) => {
          const first = sequences.findIndex((sequence) => bad.has(sequence));
          const failed = first === -1 ? random[call] : first;
          const end = failed === undefined || failed >= sequences.length ? undefined : failed;
          handled.push(...sequences.slice(0, end));
          return end;
        });
        expect(done.at(-1)).toBe(count);
        expect(done).toEqual(done.toSorted((one, other) => one - other));
        expect(new Set(givenUp).isSubsetOf(new Set(Array.from({ length: count }, (_, index) => String(index))))).toBe(
          true,
        );
        expect([...bad].every((sequence) => givenUp.includes(sequence))).toBe(true);
        const numbers = [...handled, ...givenUp].map(Number);
        expect(numbers.toSorted((one, other) => one - other)).toEqual(
          Array.from({ length: count }, (_, index) => index),
        );
        expect(handled).toEqual(handled.toSorted((one, other) => Number(one) - Number(other)));
      }),
    );
  });
});

import { randomUUID } from 'node:crypto';
import { toContext } from '#local/lambda/context.ts';
import type { LocalFunction } from '#local/lambda/local-function.ts';
import { firstFailure } from '#local/stream/first-failure.ts';
import type { StreamRecord } from '#local/stream/stream-record.ts';

/** A function that an event source mapping calls, and that reports which records it failed on. */
export interface StreamFunction {
  readonly name: string;
  /** Called with a `DynamoDBStreamEvent`. */
  readonly handler: LocalFunction;
}

/** Milliseconds that it has, as it is deployed. */
const TIME_LIMIT = 300_000;

/** @returns index of the first record that has to come again; undefined: all are done */
export async function callStreamFunction(
  { name, handler }: StreamFunction,
  records: readonly StreamRecord[],
): Promise<number | undefined> {
  const sequences = records.map(({ sequence }) => sequence);
  const event = `{"Records":[${records.map(({ json }) => json).join(',')}]}`;
  try {
    const answer = await handler(event, toContext(name, randomUUID(), Date.now() + TIME_LIMIT));
    return firstFailure(sequences, answer);
  } catch (error) {
    console.error(`The function ${name} failed on the stream records ${sequences[0]} to ${sequences.at(-1)}:`, error);
    return 0;
  }
}

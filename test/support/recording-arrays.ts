import { randomUUID } from 'node:crypto';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { Installation, RecordedFunction, Scenario } from '#test/support/recording-function.ts';
import {
  clientOf,
  type IdentifiedStatement,
  identified,
  referenceTo,
  voidingOf,
} from '#test/support/recording-statements.ts';
import { anAgent } from '#test/support/statements.ts';

/** More than one transaction holds. */
const MANY = 150;

function statements(count: number, actor = anAgent('array')): readonly IdentifiedStatement[] {
  return Array.from({ length: count }, () => identified({ actor }));
}

/** Of one transaction and of several: stored, replayed, some of them new, and read. */
export const arrays: Scenario = async (recorded) => {
  const { post, get, find } = clientOf(recorded);
  for (const count of [50, MANY]) {
    const actor = anAgent(`array-${count}`);
    const array = statements(count, actor);
    expect(await post(array)).toBe(200);
    expect(await post([...array, ...statements(10, actor)])).toBe(200);
    expect(await post([...statements(count, actor), voidingOf(array[0]?.id ?? ''), voidingOf(randomUUID())])).toBe(200);
    expect(await get(array[1]?.id ?? '')).toBe(200);
    // The one that voids is found in the place of the one that is voided, to which it refers.
    expect(await find({ agent: JSON.stringify(actor) })).toHaveLength(2 * count + 10);
  }
};

/** Arrays of several transactions that meet something in their way, and take back what they have written. */
export const refusedArrays: Scenario = async (recorded) => {
  const { post, put, get } = clientOf(recorded);
  const array = statements(MANY);
  const [first, waitedFor, last] = [array[0], array[1], array.at(-1)];
  if (first === undefined || waitedFor === undefined || last === undefined) throw new Error('The array is empty.');
  expect(await put(referenceTo(waitedFor.id))).toBe(204);
  expect(await put({ ...last, result: { success: true } })).toBe(204);
  expect(await post(array)).toBe(409);
  expect(await get(first.id)).toBe(404);
  expect(await post(array.slice(0, -1))).toBe(200);
};

/** An array whose process has ended before the array was committed, and what comes across its remains. */
export const abandonedArrays: Scenario = async (recorded, installation) => {
  const { post, put, get, find } = clientOf(recorded);
  const actor = anAgent('abandoned');
  const array = statements(MANY, actor);
  const ids = array.map(({ id }) => id);
  await abandon(recorded, installation, post(array));
  expect(await get(ids[0] ?? '')).toBe(404);
  expect(await find({ agent: JSON.stringify(actor) })).toEqual([]);
  expect(await put(referenceTo(ids[0] ?? ''))).toBe(204);
  await recorded.restart();
  expect(await put(voidingOf(ids[1] ?? ''))).toBe(204);
  expect(await post(array)).toBe(200);
  expect(await get(ids[1] ?? '', 'voidedStatementId')).toBe(200);
};

/** Ends the process where it commits the journal of what it writes, and lets the time of that journal be over. */
async function abandon(
  { recorder, restart }: RecordedFunction,
  { tables }: Installation,
  writing: Promise<unknown>,
): Promise<void> {
  let journal = '';
  const restarted = Promise.withResolvers<void>();
  recorder.meanwhile(
    ({ action, leadingKeys: [key = ''] }) => {
      if (action === 'dynamodb:UpdateItem' && key.includes('|j|')) journal = key;
      return journal !== '';
    },
    async () => {
      await restart();
      restarted.resolve();
      throw new Error('Nobody waits for this any more.');
    },
  );
  await expect(writing).rejects.toThrow('has ended');
  await restarted.promise;
  await tables.sdk.send(
    new UpdateItemCommand({
      TableName: tables.names.statements,
      Key: { pk: { S: journal }, sk: { S: 'j' } },
      UpdateExpression: 'SET deadline = :past',
      ExpressionAttributeValues: { ':past': { N: '0' } },
    }),
  );
}

import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';
import type { Context } from 'aws-lambda';

interface Wish {
  readonly wish: 'tell' | 'fail' | 'work' | 'crash';
}

/** A function for a thread, which does what its event says. */
export async function handler({ wish }: Wish, context: Context): Promise<unknown> {
  if (wish === 'fail') throw new TypeError('as you wish');
  if (wish === 'crash')
    process.nextTick(() => {
      throw new Error('crashed');
    });
  if (wish !== 'tell') await untilNoTimeIsLeft(context);
  const { functionName, awsRequestId } = context;
  return { isMainThread, functionName, awsRequestId, variable: process.env['LRS_TEST_VARIABLE'] };
}

async function untilNoTimeIsLeft(context: Context): Promise<void> {
  while (context.getRemainingTimeInMillis() > 0) await sleep(5);
}

import { enableCompileCache } from 'node:module';
import { parentPort } from 'node:worker_threads';
import type { Context } from 'aws-lambda';
import { toContext } from '#local/lambda/context.ts';
import type { ThreadAnswer, ThreadCall, ThreadHurry } from '#local/lambda/thread-messages.ts';

/* What runs in the thread of a `FunctionThread`. */

type Handler = (event: unknown, context: Context) => Promise<unknown>;

enableCompileCache();

const calls = new Map<number, AbortController>();

parentPort?.on('message', (message: ThreadCall | ThreadHurry) => {
  if ('event' in message) void call(message);
  else calls.get(message.id)?.abort();
});

async function call(wanted: ThreadCall): Promise<void> {
  const { id } = wanted;
  const stopping = new AbortController();
  calls.set(id, stopping);
  answer(await outcomeOf(wanted, stopping.signal));
  calls.delete(id);
}

async function outcomeOf(wanted: ThreadCall, stopping: AbortSignal): Promise<ThreadAnswer> {
  const { id, module, event, functionName, requestId, remaining } = wanted;
  try {
    const { handler }: { handler: Handler } = await import(module);
    const context = toContext(functionName, requestId, Date.now() + remaining, stopping);
    const parsed: unknown = JSON.parse(event);
    return { id, result: await handler(parsed, context) };
  } catch (error) {
    return { id, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

function answer(message: ThreadAnswer): void {
  parentPort?.postMessage(message);
}

import { Worker } from 'node:worker_threads';
import type { Context } from 'aws-lambda';
import type { LocalFunction } from '#local/lambda/local-function.ts';
import type { ThreadAnswer, ThreadCall, ThreadHurry } from '#local/lambda/thread-messages.ts';

const MAIN = new URL('thread-main.ts', import.meta.url);
/** Milliseconds between looking whether a function has time left. */
const LOOK = 100;

/**
 * A thread for functions that work for seconds without a pause, in which this one would answer nobody. It begins with the
 * first call, and has the environment that this process has then.
 */
export class FunctionThread {
  readonly #calls = new Map<number, PromiseWithResolvers<unknown>>();
  #worker: Worker | undefined;
  #lastId = 0;

  /** @param module URL of the module that exports the function as `handler` */
  functionOf(module: URL): LocalFunction {
    return (event, context) => this.#call(module, event, context);
  }

  /** Ends the thread, and whatever is still running in it. */
  async stop(): Promise<void> {
    await this.#worker?.terminate();
  }

  async #call(module: URL, event: string, context: Context): Promise<unknown> {
    const id = (this.#lastId += 1);
    const outcome = Promise.withResolvers<unknown>();
    this.#calls.set(id, outcome);
    const worker = (this.#worker ??= this.#start());
    const { functionName, awsRequestId: requestId } = context;
    const remaining = context.getRemainingTimeInMillis();
    worker.postMessage({ id, module: module.href, event, functionName, requestId, remaining } satisfies ThreadCall);
    const watch = setInterval(() => {
      if (context.getRemainingTimeInMillis() === 0) worker.postMessage({ id } satisfies ThreadHurry);
    }, LOOK);
    try {
      return await outcome.promise;
    } finally {
      clearInterval(watch);
      this.#calls.delete(id);
    }
  }

  #start(): Worker {
    const worker = new Worker(MAIN);
    let reason: unknown = new Error('The thread of the function has ended.');
    worker.on('message', (answer: ThreadAnswer) => {
      const call = this.#calls.get(answer.id);
      if ('error' in answer) call?.reject(answer.error);
      else call?.resolve(answer.result);
    });
    worker.once('error', (error) => {
      reason = error;
    });
    worker.once('exit', () => {
      this.#worker = undefined;
      for (const call of this.#calls.values()) call.reject(reason);
    });
    worker.unref();
    return worker;
  }
}

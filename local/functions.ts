import type { Context } from 'aws-lambda';
import type { GatewayHandler, GatewayHandlers } from '#local/gateway/handler.ts';
import type { FunctionThread } from '#local/lambda/function-thread.ts';
import { type LocalFunction, localFunction } from '#local/lambda/local-function.ts';
import { ROUTED_FUNCTIONS } from '#lib/routes.ts';

/** The functions of an LRS, as they are deployed. */
export interface LocalFunctions {
  readonly handlers: GatewayHandlers;
  /** What the clock calls. */
  readonly keeper: () => Promise<unknown>;
}

/**
 * Loads every function, as Lambda does: each reads `process.env` while it loads.
 *
 * @throws whatever a function throws while it loads.
 */
export async function loadFunctions(): Promise<LocalFunctions> {
  const [keeper, ...handlers] = await Promise.all([
    load<LocalFunctions['keeper']>('keeper'),
    ...ROUTED_FUNCTIONS.map(async (name) => [name, await load<GatewayHandler>(name)] as const),
  ]);
  return { handlers: Object.fromEntries(handlers), keeper };
}

/** The functions that are called by events: of the clock, of a stream, or of other functions. */
export interface EventFunctions {
  readonly lakeWriter: LocalFunction;
  /** Under the names by which others call them. */
  readonly invoked: Readonly<Record<string, LocalFunction>>;
}

/** @param thread of the functions of the lake. Jobs have to know what is being written, so they are in this thread. */
export function eventFunctions(thread: FunctionThread): EventFunctions {
  return {
    lakeWriter: thread.functionOf(moduleOf('lake-writer')),
    invoked: { 'lake-compactor': thread.functionOf(moduleOf('lake-compactor')), jobs: loadedLater('jobs') },
  };
}

/** A function that is loaded when it is called for the first time. */
function loadedLater(name: string): LocalFunction {
  return localFunction(async (event, context) => {
    const handler = await load<(event: unknown, context: Context) => Promise<unknown>>(name);
    return handler(event, context);
  });
}

/** Of the module that exports the function as `handler`. */
function moduleOf(name: string): URL {
  return new URL(`../functions/${name}/index.ts`, import.meta.url);
}

async function load<Handler>(name: string): Promise<Handler> {
  const { handler }: { handler: Handler } = await import(moduleOf(name).href);
  return handler;
}

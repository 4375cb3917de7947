import type { GatewayHandler, GatewayHandlers } from '#local/gateway/handler.ts';
import type { LocalFunction } from '#local/lambda/local-function.ts';
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

/** A function that is loaded when it is called for the first time: what writes the lake is much code. */
export function loadedLater(name: string): LocalFunction {
  return async (event, context) => {
    const handler = await load<LocalFunction>(name);
    return handler(event, context);
  };
}

async function load<Handler>(name: string): Promise<Handler> {
  const { handler }: { handler: Handler } = await import(`../functions/${name}/index.ts`);
  return handler;
}

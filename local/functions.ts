import type { GatewayHandler, GatewayHandlers } from '#local/gateway/handler.ts';
import { ROUTES } from '#lib/routes.ts';

/**
 * Loads every function of the route table, as Lambda does: each reads `process.env` while it loads.
 *
 * @throws whatever a function throws while it loads.
 */
export async function loadFunctions(): Promise<GatewayHandlers> {
  const names = [...new Set(ROUTES.map((route) => route.function))];
  const handlers = await Promise.all(
    names.map(async (name) => {
      const { handler }: { handler: GatewayHandler } = await import(`../functions/${name}/index.ts`);
      return [name, handler] as const;
    }),
  );
  return Object.fromEntries(handlers);
}

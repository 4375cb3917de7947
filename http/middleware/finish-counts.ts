import type { Auditor } from '#http/audit/auditor.ts';
import { type Middleware, onReply } from '#http/middleware/middleware.ts';
import type { RequestGate } from '#http/usage/request-gate.ts';

/** What was counted is written before the answer leaves: Lambda freezes a function that has answered. */
export function finishCounts(...counters: readonly Pick<Auditor | RequestGate, 'settled'>[]): Middleware {
  return onReply((reply) => {
    const waits = counters.flatMap((counter) => counter.settled() ?? []);
    return waits.length === 0 ? reply : Promise.all(waits).then(() => reply);
  });
}

import type { Auditor } from '#http/audit/auditor.ts';
import { type Middleware, onReply } from '#http/middleware/middleware.ts';
import type { RequestGate } from '#http/usage/request-gate.ts';

/** Milliseconds that an answer waits at most for what is written beside it. */
const PATIENCE = 250;
/** The function may be about to be stopped, and the database is what is slow. */
const PATIENCE_WHEN_OVERLOADED = 200;

/** What was counted is written before the answer leaves: Lambda freezes a function that has answered. */
export function finishCounts(...counters: readonly Pick<Auditor | RequestGate, 'settled'>[]): Middleware {
  return onReply((reply) => {
    const patience = reply.status === 503 ? PATIENCE_WHEN_OVERLOADED : PATIENCE;
    const waits = counters.flatMap((counter) => counter.settled(patience) ?? []);
    return waits.length === 0 ? reply : Promise.all(waits).then(() => reply);
  });
}

import { Session } from 'node:inspector/promises';

/**
 * A process for one function, as Lambda gives it one: loads the bundle that is its argument, and calls it with each
 * event. Without an event it answers what of the bundle has been run so far.
 */

interface Invocation {
  readonly id: number;
  readonly event?: unknown;
}

type Handler = (event: unknown, context: object) => Promise<unknown>;

/** Nothing here takes as long as Lambda lets it. */
const CONTEXT = { getRemainingTimeInMillis: () => 900_000 };

const [, , bundle = ''] = process.argv;
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: false, detailed: true });
const { handler }: { handler: Handler } = await import(bundle);

async function coverage(): Promise<unknown> {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const scripts = result.filter(({ url }) => url === bundle);
  return scripts.flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges));
}

process.on('message', ({ id, event }: Invocation) => {
  (event === undefined ? coverage() : handler(event, CONTEXT)).then(
    (result) => process.send?.({ id, result: JSON.stringify(result ?? null) }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.send?.({ id: 0 });

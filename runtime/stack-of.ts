/** Causes may form a circle. */
const CAUSE_DEPTH = 5;

/** What was thrown as the log tells it: its stack, and the stacks of what caused it. */
export function stackOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? `${error.name}: ${error.message}`;
  if (error.cause === undefined || depth === CAUSE_DEPTH) return stack;
  return `${stack}\ncaused by ${stackOf(error.cause, depth + 1)}`;
}

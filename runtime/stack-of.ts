/** Causes may form a circle. */
const CAUSE_DEPTH = 5;

/** What was thrown as the log tells it: its stack, and the stacks of what caused it. */
export function stackOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error);
  const stack = withoutQuotes(error, error.stack ?? `${error.name}: ${error.message}`);
  if (error.cause === undefined || depth === CAUSE_DEPTH) return stack;
  return `${stack}\ncaused by ${stackOf(error.cause, depth + 1)}`;
}

/** A SyntaxError of `JSON.parse` quotes the text, which may be a learner's. */
function withoutQuotes(error: Error, stack: string): string {
  return error instanceof SyntaxError ? stack.replace(error.message, () => 'a text could not be parsed') : stack;
}

import type { Step } from '#xapi/statement/paths/parse-path.ts';

/** What a value has there; undefined when there is nothing. @param value as `parseJson` gives it */
export function valueAt(value: unknown, steps: readonly Step[]): unknown {
  let found = value;
  for (const step of steps) {
    if (!isContainer(found) || Array.isArray(found) !== (typeof step === 'number')) return undefined;
    if (!Object.hasOwn(found, step)) return undefined;
    found = found[step];
  }
  return found;
}

function isContainer(value: unknown): value is Readonly<Record<Step, unknown>> {
  return typeof value === 'object' && value !== null && !JSON.isRawJSON(value);
}

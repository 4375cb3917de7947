/** A member by its name, or an item of a list by its place, from 0. */
export type Step = string | number;

export interface PathFault {
  /** As a sentence. */
  readonly message: string;
  readonly expected: string;
}

const FIRST_NAME = /^[A-Za-z_][\w-]*/u;
const NAME = /^\.([A-Za-z_][\w-]*)/u;
const PLACE = /^\[(0|[1-9]\d{0,5})\]/u;
const QUOTED = /^\.?\[("(?:[^"\\]|\\.)*")\]/u;

/**
 * Takes a path such as `context.contextActivities.parent[0].id` apart: names with dots in between, places of items in
 * brackets, and in brackets and quotation marks, as JSON, any other names: `result.extensions["https://example.com/x"]`.
 */
export function parsePath(path: string): readonly Step[] | PathFault {
  const first = FIRST_NAME.exec(path)?.[0];
  if (first === undefined) return fault(path, 0);
  const steps: Step[] = [first];
  for (let at = first.length; at < path.length;) {
    const rest = path.slice(at);
    const found = nextStep(rest);
    if (found === undefined) return fault(path, at);
    steps.push(found.step);
    at += found.length;
  }
  return steps;
}

function nextStep(rest: string): { readonly step: Step; readonly length: number } | undefined {
  const [named, name] = NAME.exec(rest) ?? [];
  if (named !== undefined && name !== undefined) return { step: name, length: named.length };
  const [placed, place] = PLACE.exec(rest) ?? [];
  if (placed !== undefined) return { step: Number(place), length: placed.length };
  const [quoted, text = ''] = QUOTED.exec(rest) ?? [];
  const step = quoted === undefined ? undefined : unquoted(text);
  return quoted === undefined || step === undefined ? undefined : { step, length: quoted.length };
}

function unquoted(text: string): string | undefined {
  try {
    const name: unknown = JSON.parse(text);
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}

function fault(path: string, at: number): PathFault {
  return {
    message: `It cannot be read from character ${at + 1} on: ${JSON.stringify(path.slice(at, at + 20))}.`,
    expected: 'names with dots in between, such as actor.name, parent[0].id or extensions["https://example.com/x"]',
  };
}

/** The path that leads over these steps. */
export function pathOf(steps: readonly Step[]): string {
  return steps.reduce<string>((path, step, index) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    if (!/^[A-Za-z_][\w-]*$/u.test(step)) return `${path}[${JSON.stringify(step)}]`;
    return index === 0 ? step : `${path}.${step}`;
  }, '');
}

import { type Route, ROUTES } from '#lib/routes.ts';
import type { Refusal } from '#local/gateway/refusal.ts';

export interface RouteMatch {
  readonly route: Route;
  /** Decoded, by the names in the path of the route; undefined when it has none. */
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
}

/** `{name}` or `{name+}` */
const VARIABLE = /^\{(?<name>\w+)(?<greedy>\+?)\}$/u;

/** @returns the route of a path, as an HTTP API selects it: one without variables goes first. */
export function matchRoute(routes: readonly Route[], path: string): RouteMatch | undefined {
  const exact = routes.find((route) => route.path === path && !route.path.includes('{'));
  if (exact !== undefined) return { route: exact, pathParameters: undefined };
  for (const route of routes) {
    const pathParameters = patternOf(route.path).exec(path)?.groups;
    if (pathParameters !== undefined) return { route, pathParameters: decodedValues(pathParameters) };
  }
  return undefined;
}

/** The answer when there is no route: it may be but misspelt. @param basePath without a slash at its end. */
export function noRoute(basePath: string): Refusal {
  const paths = ROUTES.map(({ path }) => path).join(', ');
  const message = `There is no resource at this path; below ${basePath} there are ${paths}.`;
  return { status: 404, code: 'resource-not-found', message };
}

function patternOf(template: string): RegExp {
  const segments = template.split('/').map((segment) => {
    const { name, greedy } = VARIABLE.exec(segment)?.groups ?? {};
    return name === undefined
      ? segment.replaceAll('.', String.raw`\.`)
      : `(?<${name}>${greedy === '+' ? '.+' : '[^/]+'})`;
  });
  return new RegExp(`^${segments.join('/')}$`, 'u');
}

function decodedValues(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, decoded(value)]));
}

/** What is not encoded well stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

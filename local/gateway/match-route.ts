import type { Refusal } from '#local/gateway/refusal.ts';
import type { Route } from '#lib/routes.ts';

/**
 * The route of a path, or the answer when there is none.
 *
 * @param basePath what all routes are below, without a slash at its end.
 */
export function matchRoute(
  routes: readonly Route[],
  basePath: string,
  path: string,
): { readonly route: Route } | { readonly refusal: Refusal } {
  const route = routes.find((candidate) => basePath + candidate.path === path);
  if (route !== undefined) return { route };
  const message = `There is no resource at this path; the resources of the xAPI are below ${basePath}/.`;
  return { refusal: { status: 404, code: 'resource-not-found', message } };
}

import type { Refusal } from '#local/gateway/refusal.ts';
import type { Route } from '#lib/routes.ts';

/**
 * The route of a path, or the answer when there is none or it does not take the method.
 *
 * @param basePath what all routes are below, without a slash at its end.
 */
export function matchRoute(
  routes: readonly Route[],
  basePath: string,
  method: string,
  path: string,
): { readonly route: Route } | { readonly refusal: Refusal } {
  const route = routes.find((candidate) => basePath + candidate.path === path);
  if (route === undefined) {
    const message = `There is no resource at this path; the resources of the xAPI are below ${basePath}/.`;
    return { refusal: { status: 404, code: 'resource-not-found', message } };
  }
  if (route.methods.some((allowed) => allowed === method)) return { route };
  const allow = route.methods.join(', ');
  const message = `The resource does not take ${method.slice(0, 20)}; it takes ${allow}.`;
  return { refusal: { status: 405, code: 'method-not-allowed', message, headers: { allow } } };
}

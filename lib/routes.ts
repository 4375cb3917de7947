/**
 * The route table: which function answers which path. API Gateway and the laptop's server are both made from it, so
 * that what runs locally is what is deployed.
 *
 * A route takes every method (`ANY`): a client of version 1.0.x may send any request as a POST (1.0.3, Communication 1.3),
 * and the refusal of a method must carry the version header, which only the function knows (1.0.3, Communication 3.3).
 */
export interface Route {
  /** As API Gateway has it: `{name}` stands for any one segment, `{name+}` at the end for one or more. */
  readonly path: string;
  /** The folder below `functions/`. */
  readonly function: string;
}

/** Resources of the xAPI, below the base path: `/xapi` unless `LRS_BASE_PATH` says otherwise. */
export const ROUTES = [
  { path: '/statements', function: 'statements' },
  { path: '/activities', function: 'activities' },
  { path: '/activities/state', function: 'activities-state' },
  { path: '/activities/profile', function: 'activities-profile' },
  { path: '/agents', function: 'agents' },
  { path: '/agents/profile', function: 'agents-profile' },
  { path: '/about', function: 'about' },
] as const satisfies readonly Route[];

/** What manages access and hands out tokens, at the root, because none of it belongs to the xAPI. */
export const ACCESS_ROUTES = [
  { path: '/admin/v1/{proxy+}', function: 'admin' },
  { path: '/oauth/token', function: 'oauth' },
  { path: '/oauth/fetch/{ticket}', function: 'oauth' },
  { path: '/.well-known/jwks.json', function: 'oauth' },
] as const satisfies readonly Route[];

/** Of a function that answers requests for a resource of the xAPI. */
export type ResourceFunctionName = (typeof ROUTES)[number]['function'];

/** Of a function that answers requests. */
export type RoutedFunctionName = ResourceFunctionName | (typeof ACCESS_ROUTES)[number]['function'];

/** Each once. */
export const ROUTED_FUNCTIONS: readonly RoutedFunctionName[] = [
  ...new Set([...ROUTES, ...ACCESS_ROUTES].map((route) => route.function)),
];

/** All routes, with whole paths. @param basePath without a slash at its end. */
export function routesWith(basePath: string): readonly (Route & { readonly function: RoutedFunctionName })[] {
  return [...ROUTES.map((route) => ({ ...route, path: `${basePath}${route.path}` })), ...ACCESS_ROUTES];
}

/**
 * The route table: which function answers which path. API Gateway and the laptop's server are both made from it, so
 * that what runs locally is what is deployed.
 *
 * A route takes every method (`ANY`): a client of version 1.0.x may send any request as a POST (1.0.3, Communication 1.3),
 * and the refusal of a method must carry the version header, which only the function knows (1.0.3, Communication 3.3).
 */
export interface Route {
  /** Below the base path, `/xapi` unless `LRS_BASE_PATH` says otherwise. */
  readonly path: string;
  /** The folder below `functions/`. */
  readonly function: string;
}

export const ROUTES = [
  { path: '/statements', function: 'statements' },
  { path: '/activities', function: 'activities' },
  { path: '/activities/state', function: 'activities-state' },
  { path: '/activities/profile', function: 'activities-profile' },
  { path: '/agents', function: 'agents' },
  { path: '/agents/profile', function: 'agents-profile' },
  { path: '/about', function: 'about' },
] as const satisfies readonly Route[];

/** Of a function that answers requests. */
export type ResourceFunctionName = (typeof ROUTES)[number]['function'];

/**
 * The route table: which function answers which path. API Gateway and the laptop's server are both made from it, so
 * that what runs locally is what is deployed.
 */
export const METHODS = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS'] as const;

export type Method = (typeof METHODS)[number];

export interface Route {
  /** Below the base path, `/xapi` unless `LRS_BASE_PATH` says otherwise. */
  readonly path: string;
  /** The folder below `functions/`. */
  readonly function: string;
  readonly methods: readonly Method[];
}

/** Every path takes POST, because a 1.0.x client may send any request as a POST (1.0.3, Communication 1.3). */
const READ_ONLY: readonly Method[] = ['GET', 'HEAD', 'POST', 'OPTIONS'];

export const ROUTES = [
  { path: '/statements', function: 'statements', methods: ['GET', 'HEAD', 'PUT', 'POST', 'OPTIONS'] },
  { path: '/activities', function: 'activities', methods: READ_ONLY },
  { path: '/activities/state', function: 'activities-state', methods: METHODS },
  { path: '/activities/profile', function: 'activities-profile', methods: METHODS },
  { path: '/agents', function: 'agents', methods: READ_ONLY },
  { path: '/agents/profile', function: 'agents-profile', methods: METHODS },
  { path: '/about', function: 'about', methods: READ_ONLY },
] as const satisfies readonly Route[];

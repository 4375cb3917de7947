/**
 * What may be done: the scopes of xAPI 1.0.3, Communication 4.2, which this LRS gives to every kind of principal, and
 * `admin`, for its own management API. No scope of the xAPI includes `admin`, nor `admin` any of them.
 */
export const SCOPES = [
  'statements/write',
  'statements/read/mine',
  'statements/read',
  'state',
  'define',
  'profile',
  'all/read',
  'all',
  'admin',
] as const;

export type Scope = (typeof SCOPES)[number];

export function isScope(text: unknown): text is Scope {
  return SCOPES.some((scope) => scope === text);
}

/** What a scope includes besides itself. `profile` and `state` allow writing, which `all/read` does not. */
const INCLUDED: Readonly<Partial<Record<Scope, readonly Scope[]>>> = {
  all: ['statements/write', 'statements/read/mine', 'statements/read', 'state', 'define', 'profile', 'all/read'],
  'all/read': ['statements/read/mine', 'statements/read'],
  'statements/read': ['statements/read/mine'],
};

/** Whether whoever has the scopes `held` may hand on `wanted`. */
export function coversScope(held: readonly Scope[], wanted: Scope): boolean {
  return held.some((scope) => scope === wanted || INCLUDED[scope]?.includes(wanted) === true);
}

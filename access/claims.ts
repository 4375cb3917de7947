import type { ClaimPath } from '#access/issuer.ts';

/** What a token of another issuer says, its signature verified. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * The texts of a claim: those of a list, or one with, if there are spaces in it, what stands between them. Whatever else
 * stands there is none.
 */
export function textsOf(claims: Claims, path: ClaimPath): readonly string[] {
  const value = valueAt(claims, typeof path === 'string' ? [path] : path);
  if (typeof value === 'string') return [...new Set([value, ...value.split(' ')])];
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}

function valueAt(claims: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => {
    return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }, claims);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

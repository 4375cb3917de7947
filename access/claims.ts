import type { ClaimPath } from '#access/issuer.ts';

/** What a token of another issuer says, its signature verified. */
export type Claims = Readonly<Record<string, unknown>>;

/** Claims that are lists although they are a text: of words with spaces between (RFC 6749, 3.3; RFC 9068, 2.2.3). */
const LISTS: ReadonlySet<string> = new Set(['scope', 'scp']);

/** The texts of a claim: those of a list, or the one that it is, as a whole. Whatever else stands there is none. */
export function textsOf(claims: Claims, path: ClaimPath): readonly string[] {
  const value = valueAt(claims, namesOf(path));
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}

/**
 * The same, where `scope` or `scp` that is a text has what stands between its spaces. A claim with any other name is never
 * taken apart: whoever has the role `not boss` does not have the role `boss`.
 */
export function scopeTextsOf(claims: Claims, path: ClaimPath): readonly string[] {
  const [name = '', ...deeper] = namesOf(path);
  const value = deeper.length === 0 && LISTS.has(name) ? valueAt(claims, [name]) : undefined;
  return typeof value === 'string' ? value.split(' ') : textsOf(claims, path);
}

function namesOf(path: ClaimPath): readonly string[] {
  return typeof path === 'string' ? [path] : path;
}

function valueAt(claims: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => {
    return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }, claims);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

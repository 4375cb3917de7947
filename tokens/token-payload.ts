import type { Limits } from '#access/limits.ts';
import { isScope } from '#access/scope.ts';
import type { TokenClaims } from '#access/token-claims.ts';

/** The members of a JWT besides `iss` and `aud`. */
export type TokenPayload = Readonly<Record<string, unknown>>;

export function payloadOf({ id, credential, store, scopes, issued, expires, limits }: TokenClaims): TokenPayload {
  return {
    sub: credential,
    client_id: credential,
    store,
    scope: scopes.join(' '),
    jti: id,
    // With its milliseconds, which RFC 7519 permits: what is revoked at a moment is what was issued before that moment.
    iat: issued / 1_000,
    exp: expires / 1_000,
    ...(limits !== undefined && { limits }),
  };
}

/** @returns undefined when it is not what `payloadOf` makes, or has limits that this version does not know. */
export function claimsIn(payload: TokenPayload): TokenClaims | undefined {
  const { client_id: credential, store, scope, jti: id, iat, exp, limits } = payload;
  if (!isText(credential) || !isText(store) || !isText(scope) || !isText(id)) return undefined;
  if (typeof iat !== 'number' || typeof exp !== 'number') return undefined;
  const known = limits === undefined ? {} : limitsIn(limits);
  if (known === undefined) return undefined;
  return {
    id,
    credential,
    store,
    scopes: scope.split(' ').filter(isScope),
    issued: Math.round(iat * 1_000),
    expires: Math.round(exp * 1_000),
    ...(limits !== undefined && { limits: known }),
  };
}

/** A limit that is not understood cannot be kept: nothing may be left out. */
function limitsIn(value: unknown): Limits | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { actor, registration, activity, verbs, ...unknown }: Readonly<Record<string, unknown>> = { ...value };
  if (Object.keys(unknown).length > 0) return undefined;
  if (!isOptionalText(actor) || !isOptionalText(registration) || !isOptionalText(activity)) return undefined;
  if (verbs !== undefined && !isTexts(verbs)) return undefined;
  return {
    ...(actor !== undefined && { actor }),
    ...(registration !== undefined && { registration }),
    ...(activity !== undefined && { activity }),
    ...(verbs !== undefined && { verbs }),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || isText(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

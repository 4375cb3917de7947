import type { Limits } from '#access/limits.ts';
import { isScope } from '#access/scope.ts';
import type { TokenClaims } from '#access/token-claims.ts';

/** The members of a JWT besides `iss` and `aud`. */
export type TokenPayload = Readonly<Record<string, unknown>>;

export function payloadOf(claims: TokenClaims): TokenPayload {
  const { id, credential, incarnation, store, scopes, issued, expires, limits } = claims;
  return {
    sub: credential,
    client_id: credential,
    cid: incarnation,
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
  const { client_id: credential, cid: incarnation, store, scope, jti: id, iat, exp, limits } = payload;
  if (!isText(credential) || !isText(incarnation) || !isText(store)) return undefined;
  if (!isText(scope) || !isText(id)) return undefined;
  if (typeof iat !== 'number' || typeof exp !== 'number') return undefined;
  const known = limits === undefined ? {} : limitsIn(limits);
  if (known === undefined) return undefined;
  return {
    id,
    credential,
    incarnation,
    store,
    scopes: scope.split(' ').filter(isScope),
    issued: Math.round(iat * 1_000),
    expires: Math.round(exp * 1_000),
    ...(limits !== undefined && { limits: known }),
  };
}

/** A limit that is not understood cannot be kept: nothing may be left out. And what is limited is so by something. */
function limitsIn(value: unknown): Limits | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  if (Object.keys(value).length === 0) return undefined;
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

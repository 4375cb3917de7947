import type { Credential } from '#access/credential.ts';
import { incarnationOf } from '#access/incarnation.ts';
import type { Limits } from '#access/limits.ts';
import { coversScope, type Scope } from '#access/scope.ts';
import type { TokenClaims } from '#access/token-claims.ts';
import { XapiError } from '#xapi/errors.ts';

/** 24 hours: what a signing key has to outlive. */
export const LONGEST_TOKEN_MINUTES = 1_440;

const MINUTE = 60_000;

/** What is asked for. */
export interface TokenRequest {
  /** At least one, none that the credential does not cover. */
  readonly scopes: readonly Scope[];
  /** With at least one member. */
  readonly limits?: Limits;
  /** 1 to `LONGEST_TOKEN_MINUTES`. */
  readonly minutes: number;
}

/** What of a credential its tokens depend on. */
export type TokenHolder = Pick<Credential, 'key' | 'store' | 'scopes' | 'expires' | 'linkSecret'>;

/**
 * What a new token says. It ends with the credential, if that ends before.
 *
 * @param id of the token: unguessable, never used before
 * @param now milliseconds since 1970
 * @throws XapiError `not-permitted` for a scope that the credential does not cover, and for `admin` together with limits;
 *   `body-invalid` for limits that limit nothing and for a life that is too long.
 */
export function claimsOf(
  credential: TokenHolder,
  { scopes, limits, minutes }: TokenRequest,
  { id, now }: { readonly id: string; readonly now: number },
): TokenClaims {
  const { key, store, expires = Infinity } = credential;
  checkScopes(credential, scopes, limits);
  checkLimits(limits);
  checkMinutes(minutes);
  return {
    id,
    credential: key,
    incarnation: incarnationOf(credential),
    store,
    scopes,
    issued: now,
    // Whole seconds, because that is what is told of it (RFC 6749, 5.1).
    expires: Math.ceil(Math.min(now + minutes * MINUTE, expires) / 1_000) * 1_000,
    ...(limits !== undefined && { limits }),
  };
}

function checkScopes({ scopes: held }: TokenHolder, scopes: readonly Scope[], limits: Limits | undefined): void {
  const missing = scopes.find((scope) => !coversScope(held, scope));
  if (missing !== undefined) throw notPermitted(`The credential does not have the scope ${missing}.`, held);
  if (limits === undefined || !scopes.includes('admin')) return;
  throw notPermitted('A token with limits cannot have the scope admin.', held);
}

function checkLimits(limits: Limits | undefined): void {
  if (limits === undefined || (!Array.isArray(limits) && Object.keys(limits).length > 0)) return;
  throw new XapiError({
    code: 'body-invalid',
    message: 'The limits of a token have to limit something.',
    path: '$.limits',
    expected: 'at least one limit, or none of this member',
  });
}

function checkMinutes(minutes: number): void {
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_TOKEN_MINUTES) return;
  throw new XapiError({
    code: 'body-invalid',
    message: 'A token cannot be valid for that long.',
    path: '$.minutes',
    expected: `a whole number of minutes from 1 to ${LONGEST_TOKEN_MINUTES}`,
    received: String(minutes),
  });
}

function notPermitted(message: string, held: readonly Scope[]): XapiError {
  return new XapiError({
    code: 'not-permitted',
    message,
    path: '$.scopes',
    expected: `of the scopes ${held.join(', ')}`,
  });
}

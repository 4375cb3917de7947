import type { AuthenticationFailure, FailedAuthentication } from '#access/counted-event.ts';
import { permitsOrigin } from '#access/origin.ts';
import {
  type AccessCaches,
  type AccessSources,
  everywhere,
  type Freshness,
  keptOnly,
} from '#http/auth/access-sources.ts';
import type { Authenticator } from '#http/auth/authenticator.ts';
import { readAuthorization } from '#http/auth/authorization.ts';
import { FailureBudget } from '#http/auth/failure-budget.ts';
import { judgeSecret } from '#http/auth/judge-secret.ts';
import { judgeToken } from '#http/auth/judge-token.ts';
import type { Refused, Verdict } from '#http/auth/verdict.ts';
import type { HttpRequest } from '#http/request.ts';
import type { VerifyDeps } from '#tokens/verify-own-token.ts';
import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';

const SECTION = 'xAPI 1.0.3, Communication 4.0; xAPI 2.0, 4.1.8';

/**
 * Milliseconds that every failed attempt takes at least: what was looked up for it, or found in a cache, is not to be read
 * from the time that it took.
 */
export const FAILURE_FLOOR = 40;

/** Attempts that may be guesses. Who shows a token that has expired, or the secret of a disabled credential, guesses nothing. */
const GUESSES: ReadonlySet<AuthenticationFailure> = new Set(['unknown-or-wrong', 'token-invalid']);

export interface AuthenticatorDeps {
  readonly caches: AccessCaches;
  readonly freshness: Freshness;
  /** How tokens of this LRS are verified. */
  readonly ownTokens: VerifyDeps;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after so many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Is told every failure, at once; no secret and no token is in it. Must not throw. */
  readonly onFailure: (failure: FailedAuthentication) => void;
}

/** All ways to say who one is: key and secret, tokens of this LRS, tokens of other issuers. */
export function createAuthenticator(deps: AuthenticatorDeps): Authenticator {
  const { caches, freshness, now, sleep, onFailure } = deps;
  const budget = new FailureBudget(now);
  const [all, kept] = [everywhere(caches, freshness), keptOnly(caches, freshness)];

  return {
    authenticate: async (request) => {
      const begun = now();
      const { source } = request;
      const wait = budget.wait(source);
      const verdict = checkOrigin(await judge(request, wait === undefined ? all : kept, deps), request);
      if ('principal' in verdict) return verdict.principal;
      return refuse(verdict, source, wait, begun);
    },
  };

  async function refuse(refused: Refused, source: string, wait: number | undefined, begun: number): Promise<never> {
    const { reason, known, code } = refused;
    if (wait !== undefined && code === undefined) {
      onFailure({ reason: 'too-many-failures', source });
      throw tooMany(wait);
    }
    onFailure({ reason, source, ...(known !== undefined && { known }) });
    if (GUESSES.has(reason)) budget.spend(source);
    const rest = FAILURE_FLOOR - (now() - begun);
    if (rest > 0) await sleep(Math.min(rest, FAILURE_FLOOR));
    throw errorOf(refused);
  }
}

async function judge(
  { headers }: HttpRequest,
  sources: AccessSources,
  { ownTokens, now }: AuthenticatorDeps,
): Promise<Verdict> {
  const { authorization } = headers;
  if (authorization === undefined) return { reason: 'missing', message: 'The header Authorization is missing.' };
  const proof = readAuthorization(authorization);
  if (typeof proof === 'string') return { reason: 'malformed', message: proof };
  if (proof.kind === 'token') return judgeToken(proof.token, sources, ownTokens);
  return judgeSecret(proof, sources, now());
}

function checkOrigin(verdict: Verdict, { headers }: HttpRequest): Verdict {
  if (!('principal' in verdict) || permitsOrigin(verdict.origins, headers['origin'])) return verdict;
  const { key, store } = verdict.principal;
  const message = `Pages of the origin ${shorten(headers['origin'])} may not use this credential.`;
  return { reason: 'origin', message, code: 'not-permitted', known: { key, store } };
}

function errorOf({ message, code }: Refused): XapiError {
  return new XapiError({ code: code ?? 'not-authenticated', message, path: 'Authorization', section: SECTION });
}

function tooMany(wait: number): XapiError {
  const message = 'Too many attempts from your address have failed; wait before you send the request again.';
  return new XapiError({ code: 'too-many-requests', message }, { retryAfter: wait });
}

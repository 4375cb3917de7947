import { principalOfClaims } from '#access/principal-of-claims.ts';
import { principalOfToken } from '#access/token-principal.ts';
import { TOKEN_REFUSALS, type TokenRefusal } from '#access/token-refusal.ts';
import type { AccessSources } from '#http/auth/access-sources.ts';
import type { Refused, Verdict } from '#http/auth/verdict.ts';
import { claimedIssuer } from '#tokens/issuer-claim.ts';
import { ISSUER_REFUSALS, type IssuerRefusal } from '#tokens/issuer-refusal.ts';
import { verifyIssuerToken } from '#tokens/verify-issuer-token.ts';
import { type VerifyDeps, verifyOwnToken } from '#tokens/verify-own-token.ts';

/** What the claims of a token do not give → what its bearer is told. */
const NOT_MAPPED = {
  'no-subject': 'The token does not say who sends it: its claim sub is missing, or no text of 1 to 255 characters.',
  'no-scope': 'The token is good, but by the configuration of its issuer its claims give it no scope.',
  'no-store': 'The token is good, but by the configuration of its issuer its claims give it no store, or several.',
} as const;

/**
 * Judges a token of this LRS or of another issuer.
 *
 * @param own how tokens of this LRS are verified
 * @throws XapiError `overloaded` when the keys of the issuer cannot be had
 */
export async function judgeToken(token: string, sources: AccessSources, own: VerifyDeps): Promise<Verdict> {
  const issuer = claimedIssuer(token);
  if (issuer === undefined) return refusedForeign('malformed');
  return issuer === own.issuer ? judgeOwn(token, sources, own) : judgeForeign(token, issuer, sources, own.now());
}

async function judgeOwn(token: string, sources: AccessSources, own: VerifyDeps): Promise<Verdict> {
  const claims = await verifyOwnToken(token, own);
  if (typeof claims === 'string') return refusedOwn(claims);
  const credential = await sources.credential(claims.credential);
  const principal = principalOfToken(claims, credential, own.now());
  if (typeof principal === 'string') {
    return { ...refusedOwn(principal), known: { store: claims.store, key: claims.credential } };
  }
  return { principal, ...(credential?.origins !== undefined && { origins: credential.origins }) };
}

async function judgeForeign(token: string, name: string, sources: AccessSources, now: number): Promise<Verdict> {
  const issuer = await sources.issuer(name);
  if (issuer === undefined || issuer.disabled) return refusedForeign('unknown-issuer');
  const claims = await verifyIssuerToken(token, issuer, sources.issuerKeys, now);
  if (typeof claims === 'string') return refusedForeign(claims);
  const principal = principalOfClaims(claims, issuer);
  if (typeof principal !== 'string') return { principal };
  return { reason: 'not-mapped', message: NOT_MAPPED[principal], code: 'not-permitted' };
}

function refusedOwn(refusal: TokenRefusal): Refused {
  const reason = refusal === 'expired' || refusal === 'revoked' ? refusal : 'token-invalid';
  return { reason, message: TOKEN_REFUSALS[refusal] };
}

function refusedForeign(refusal: IssuerRefusal): Refused {
  return { reason: refusal === 'expired' ? 'expired' : 'token-invalid', message: ISSUER_REFUSALS[refusal] };
}

import { type Claims, scopeTextsOf, textsOf } from '#access/claims.ts';
import { HmacKey } from '#access/hmac-key.ts';
import type { Issuer } from '#access/issuer.ts';
import type { Principal } from '#access/principal.ts';
import { DEFAULT_REQUEST_LIMITS } from '#access/request-limits.ts';
import { isScope, type Scope, SCOPES } from '#access/scope.ts';
import type { StoreId } from '#access/store.ts';

/** Characters of a subject (OpenID Connect Core 1.0, 2). */
const LONGEST_SUBJECT = 255;

/**
 * Who sends a request with a token of another issuer, by the scopes and the store that its claims lead to.
 *
 * @param claims of a token that was verified
 * @returns why not: its claims give no scope, or no store, or several
 */
export function principalOfClaims(claims: Claims, issuer: Issuer): Principal | 'no-subject' | 'no-scope' | 'no-store' {
  const { sub } = claims;
  if (!isSubject(sub)) return 'no-subject';
  const scopes = scopesOf(claims, issuer);
  if (scopes.length === 0) return 'no-scope';
  const store = storeOf(claims, issuer);
  if (store === undefined) return 'no-store';
  // With a key, because a subject may be an e-mail address, which whoever reads a plain hash could guess.
  const secret = new HmacKey(Buffer.from(issuer.linkSecret, 'hex'));
  return {
    kind: 'issuer',
    key: `${issuer.id}:${secret.codeOf(`key:${sub}`).slice(0, 16)}`,
    store,
    scopes,
    authority: { objectType: 'Agent', account: { homePage: issuer.issuer, name: sub } },
    linkSecret: secret.codeOf(`link:${sub}`),
    requestLimits: DEFAULT_REQUEST_LIMITS,
  };
}

function isSubject(sub: unknown): sub is string {
  return typeof sub === 'string' && sub !== '' && sub.length <= LONGEST_SUBJECT && sub.isWellFormed();
}

/**
 * Where the values of a claim are scopes themselves, `admin` is none of them: it is the name of a role of many issuers, and
 * who has that is not meant to manage an LRS unless the administrator says so.
 */
function scopesOf(claims: Claims, { scopes }: Pick<Issuer, 'scopes'>): readonly Scope[] {
  if (!('claim' in scopes)) return scopes;
  const { claim, values } = scopes;
  const given = scopeTextsOf(claims, claim).flatMap((text) => {
    if (values === undefined) return isScope(text) && text !== 'admin' ? [text] : [];
    return Object.hasOwn(values, text) ? (values[text] ?? []) : [];
  });
  return SCOPES.filter((scope) => given.includes(scope));
}

function storeOf(claims: Claims, { store }: Pick<Issuer, 'store'>): StoreId | undefined {
  if (typeof store === 'string') return store;
  const { claim, values } = store;
  const texts = textsOf(claims, claim).filter((text) => Object.hasOwn(values, text));
  const stores = new Set(texts.map((text) => values[text]));
  const [only] = stores;
  return stores.size === 1 ? only : undefined;
}

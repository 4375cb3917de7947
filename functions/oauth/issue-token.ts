import { OAuthError } from '#functions/oauth/oauth-error.ts';
import { readTokenForm } from '#functions/oauth/token-form.ts';
import type { Credential } from '#access/credential.ts';
import { coversScope, isScope, type Scope } from '#access/scope.ts';
import type { Auditor } from '#http/audit/auditor.ts';
import { currentCredential } from '#http/auth/current-credential.ts';
import { jsonReply, type Reply } from '#http/reply.ts';
import type { HttpRequest } from '#http/request.ts';
import type { CredentialStore } from '#storage/credential-store.ts';
import { type MintDeps, mintToken } from '#tokens/mint-token.ts';

/** A client asks again when it has expired (RFC 6749, 4.4.3: no refresh token). */
const MINUTES = 60;

export interface IssueDeps extends MintDeps {
  /** Without a cache. */
  readonly credentials: CredentialStore;
  readonly auditor: Auditor;
}

/** The client credentials grant (RFC 6749, 4.4). @throws OAuthError */
export async function issueToken(request: HttpRequest, deps: IssueDeps): Promise<Reply> {
  const form = readTokenForm(request);
  checkGrantType(form.get('grant_type'));
  const credential = await currentCredential(deps.credentials, request, deps.now());
  if (credential === undefined) throw new OAuthError('invalid_client', 'The credential is not valid any more.');
  const scopes = scopesIn(form.get('scope'), credential);
  const { token, claims } = await mintToken(deps, credential, { scopes, minutes: MINUTES });
  const { key, store } = credential;
  deps.auditor.count({ store, action: 'tokens-issued', principal: key, counts: { events: 1 } });
  const answer = {
    access_token: token,
    token_type: 'Bearer',
    expires_in: Math.floor((claims.expires - claims.issued) / 1_000),
    scope: scopes.join(' '),
  };
  return jsonReply(JSON.stringify(answer), { 'Cache-Control': 'no-store', Pragma: 'no-cache' });
}

function checkGrantType(grantType: string | undefined): void {
  if (grantType === 'client_credentials') return;
  if (grantType === undefined) throw new OAuthError('invalid_request', 'The parameter grant_type is missing.');
  throw new OAuthError('unsupported_grant_type', 'The only grant_type here is client_credentials.');
}

/** @param text scopes separated by spaces; undefined: all that the credential has. */
function scopesIn(text: string | undefined, { scopes: held }: Credential): readonly Scope[] {
  if (text === undefined) return held;
  const wanted = [...new Set(text.split(' '))];
  const given = wanted.filter((scope) => isScope(scope)).filter((scope) => coversScope(held, scope));
  if (given.length === wanted.length) return given;
  const refused = wanted.filter((scope) => !given.some((one) => one === scope));
  throw new OAuthError(
    'invalid_scope',
    `The credential cannot give ${named(refused)} to a token, only these scopes, and what they include: ${held.join(' ')}.`,
  );
}

/** Of scopes that may be as long as the body, the first few characters. An empty one stands where two spaces met. */
function named(scopes: readonly string[]): string {
  const text = scopes.map((scope) => (scope === '' ? 'an empty scope' : scope)).join(', ');
  return text.length > 100 ? `${text.slice(0, 100)}...` : text;
}

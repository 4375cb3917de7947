import type { TokenAnswer } from '#access/admin-api.ts';
import type { Credential } from '#access/credential.ts';
import { currentCredential } from '#http/auth/current-credential.ts';
import type { HttpRequest } from '#http/request.ts';
import { isTokenRequestBody } from '#schemas/generated/admin-validators.js';
import { LONGEST_TOKEN } from '#tokens/jwt.ts';
import { type MintedToken, mintToken } from '#tokens/mint-token.ts';
import { putTicket } from '#tokens/tickets.ts';
import { XapiError } from '#xapi/errors.ts';
import { jsonBody } from '#functions/admin/api/body.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { timeText } from '#functions/admin/api/time.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';
import { tokenLimits } from '#functions/admin/tokens/token-limits.ts';
import { tokenScopes } from '#functions/admin/tokens/token-scopes.ts';

const DEFAULT_MINUTES = 60;

export const mintOwnToken = operation({
  id: 'mintToken',
  method: 'POST',
  path: '/tokens',
  tag: 'Tokens',
  summary: 'Mint a token',
  details:
    'By any credential, for itself, whatever its scopes; not by a token. Sent again it mints another, so an ' +
    `\`Idempotency-Key\` means nothing here. Limits that make a token of more than ${LONGEST_TOKEN} characters are refused: ` +
    'it would not fit the headers of a request.',
  access: 'credential',
  query: [],
  body: jsonBody('token-request', isTokenRequestBody),
  answer: { status: 201, schema: 'token' },
  refusals: [],
  handle: async (deps, { request, principal, body }) => {
    const { minutes = DEFAULT_MINUTES, fetch = false } = body;
    const credential = await credentialOf(deps, request);
    const limits = body.limits && tokenLimits(body.limits);
    const scopes = tokenScopes(credential.scopes, body.scopes, limits);
    const minted = await mintToken(deps, credential, { scopes, minutes, ...(limits !== undefined && { limits }) });
    deps.auditor.count({
      store: principal.store,
      action: 'tokens-issued',
      principal: principal.key,
      counts: { events: 1 },
    });
    return { value: { ...tokenAnswer(minted), ...(fetch && (await fetchLink(deps, minted))) } };
  },
});

async function credentialOf({ registry, now }: AdminDeps, request: HttpRequest): Promise<Credential> {
  const credential = await currentCredential(registry, request, now());
  if (credential !== undefined) return credential;
  throw new XapiError({
    code: 'not-authenticated',
    message: 'The credential is not valid any more.',
    path: 'Authorization',
  });
}

function tokenAnswer({ token, claims }: MintedToken): TokenAnswer {
  const { id, expires, scopes, limits } = claims;
  return { token, tokenId: id, expires: timeText(expires), scopes, ...(limits !== undefined && { limits }) };
}

async function fetchLink(
  deps: AdminDeps,
  { claims }: MintedToken,
): Promise<Required<Pick<TokenAnswer, 'fetchPath' | 'fetchUrl'>>> {
  const fetchPath = `/oauth/fetch/${await putTicket(deps, claims)}`;
  return { fetchPath, fetchUrl: `${deps.publicUrl}${fetchPath}` };
}

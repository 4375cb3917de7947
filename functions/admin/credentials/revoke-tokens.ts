import type { TokenRevocation } from '#access/admin-api.ts';
import type { Credential, RevokedToken } from '#access/credential.ts';
import { isTokenRevocation } from '#schemas/generated/admin-validators.js';
import { LONGEST_TOKEN_MINUTES } from '#tokens/token-request.ts';
import { timestampMilliseconds } from '#xapi/data-types/timestamp.ts';
import { XapiError } from '#xapi/errors.ts';
import { optionalBody } from '#functions/admin/api/body.ts';
import { carryOut } from '#functions/admin/api/carry-out.ts';
import { EFFECTIVE } from '#functions/admin/api/effective.ts';
import { entityTag } from '#functions/admin/api/entity-tag.ts';
import { checkIfMatch } from '#functions/admin/api/if-match.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { credentialAnswer } from '#functions/admin/credentials/credential-answer.ts';
import { lastUsed } from '#functions/admin/credentials/last-used.ts';
import { managedCredential } from '#functions/admin/credentials/managed-credential.ts';

/** Tokens that are refused one by one: they are read with the credential. */
const MOST_REVOKED = 500;

export const revokeTokens = operation({
  id: 'revokeTokens',
  method: 'POST',
  path: '/credentials/{key}/revoke-tokens',
  tag: 'Credentials',
  summary: 'Revoke tokens of a credential',
  details: `${EFFECTIVE} One by one at most ${MOST_REVOKED} that have not expired.`,
  access: 'admin',
  query: [],
  body: optionalBody('token-revocation', isTokenRevocation, {}),
  answer: { status: 200, schema: 'credential' },
  isConditional: true,
  isRepeatable: true,
  refusals: [],
  handle: (deps, call) =>
    carryOut(deps, call, async () => {
      const credential = await managedCredential(deps, call.principal, call.segment('key'));
      checkIfMatch(call.request, credential);
      const revoked = withoutTokens(credential, call.body, deps.now());
      const { tokenId } = call.body;
      return {
        changes: [{ kind: 'credential', put: revoked }],
        audit: {
          store: revoked.store,
          action: 'tokens-revoked',
          subject: revoked.key,
          details: tokenId === undefined ? { tokens: 'all' } : { tokenId },
        },
        answer: { value: credentialAnswer(revoked, await lastUsed(deps, revoked)), tag: entityTag(revoked) },
      };
    }),
});

function withoutTokens(credential: Credential, { tokenId, expires }: TokenRevocation, now: number): Credential {
  const revision = credential.revision + 1;
  // All that were revoked one by one were issued before.
  if (tokenId === undefined) return { ...credential, tokensNotBefore: now, revokedTokens: [], revision };
  const latest = now + LONGEST_TOKEN_MINUTES * 60_000;
  const end = expires === undefined ? latest : Math.min(timestampMilliseconds(expires), latest);
  const others = credential.revokedTokens.filter((token) => token.id !== tokenId && token.expires > now);
  if (others.length >= MOST_REVOKED) throw tooMany();
  const revokedTokens: readonly RevokedToken[] = [...others, { id: tokenId, expires: end }];
  return { ...credential, revokedTokens, revision };
}

function tooMany(): XapiError {
  return new XapiError({
    code: 'request-too-large',
    message: 'There is no room for another token that is refused by itself: revoke all tokens of the credential.',
    expected: `at most ${MOST_REVOKED}`,
  });
}

import type { CredentialAnswer } from '#access/admin-api.ts';
import type { Credential } from '#access/credential.ts';
import { optionalTime, timeText } from '#functions/admin/api/time.ts';

/** @param lastUsed the day, `YYYY-MM-DD` */
export function credentialAnswer(credential: Credential, lastUsed: string | undefined): CredentialAnswer {
  const { key, store, label, scopes, authority, disabled, origins, requestLimits, createdBy, revision } = credential;
  return {
    key,
    store,
    label,
    scopes,
    authority,
    disabled,
    ...optionalTime('expires', credential.expires),
    ...(origins !== undefined && { origins }),
    ...(requestLimits !== undefined && { requestLimits }),
    secrets: credential.secrets.map(({ expires }) => optionalTime('expires', expires)),
    ...optionalTime('tokensNotBefore', credential.tokensNotBefore),
    revokedTokens: credential.revokedTokens.length,
    ...(lastUsed !== undefined && { lastUsed }),
    created: timeText(credential.created),
    createdBy,
    revision,
  };
}

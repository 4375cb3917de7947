import type { NewCredential } from '#access/admin-api.ts';
import type { Credential, SecretProof } from '#access/credential.ts';
import type { StoreId } from '#access/store.ts';
import { distinctScopes } from '#functions/admin/api/distinct-scopes.ts';
import { futureTime } from '#functions/admin/api/time.ts';
import { checkAgent } from '#functions/admin/credentials/check-agent.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';

const KEY_BYTES = 16;
const LINK_SECRET_BYTES = 32;

interface Origin {
  readonly store: StoreId;
  readonly createdBy: string;
  readonly proof: SecretProof;
}

/** @throws XapiError `body-invalid` for an authority without one identifier, and for an end in the past */
export function newCredential(
  { random, now, homePage }: Pick<AdminDeps, 'random' | 'now' | 'homePage'>,
  sent: NewCredential,
  { store, createdBy, proof }: Origin,
): Credential {
  const { key = random(KEY_BYTES).toString('hex'), label = key, expires, origins, requestLimits } = sent;
  const authority = sent.authority ?? { objectType: 'Agent', account: { homePage, name: key } };
  checkAgent(authority, '$.authority');
  return {
    key,
    store,
    label,
    scopes: distinctScopes(sent.scopes),
    authority,
    secrets: [proof],
    linkSecret: random(LINK_SECRET_BYTES).toString('hex'),
    disabled: false,
    ...(expires !== undefined && { expires: futureTime(expires, '$.expires', now()) }),
    ...(origins !== undefined && { origins }),
    ...(requestLimits !== undefined && { requestLimits }),
    revokedTokens: [],
    created: now(),
    createdBy,
    revision: 1,
  };
}

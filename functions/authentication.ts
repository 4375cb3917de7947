import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from '#functions/resource-deps.ts';
import type { Authenticator } from '#http/auth/authenticator.ts';
import { type AuthenticatorDeps, createAuthenticator } from '#http/auth/create-authenticator.ts';
import { CachedReads } from '#storage/cached-reads.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { DynamoDbRegistryReader } from '#storage/dynamodb/registry/registry-reader.ts';
import { DynamoDbPublishedKeys } from '#storage/dynamodb/signing-keys.ts';
import type { StoreSource } from '#storage/registry.ts';
import { fetchKeySet } from '#tokens/issuer-fetch.ts';
import { IssuerKeys } from '#tokens/issuer-keys.ts';
import { VerificationKeys } from '#tokens/verification-keys.ts';

/* How the functions that authorize requests find out who sends them: from the Registry, and what they keep of it. */

export const AUTHENTICATION_VARIABLES = ['REGISTRY_TABLE', 'LRS_ISSUER', 'LRS_ISSUER_HOSTS'] as const;

export interface Authentication {
  readonly authenticator: Authenticator;
  readonly stores: StoreSource;
}

/** @param now milliseconds since 1970 @param onFailure see `AuthenticatorDeps` @param freshness of credentials and issuers */
export function authentication(
  { REGISTRY_TABLE, LRS_ISSUER, LRS_ISSUER_HOSTS }: Part<typeof AUTHENTICATION_VARIABLES>,
  client: DynamoDb,
  { now, onFailure, freshness }: Pick<AuthenticatorDeps, 'now' | 'onFailure' | 'freshness'>,
): Authentication {
  const registry = new DynamoDbRegistryReader(client, REGISTRY_TABLE);
  const published = new DynamoDbPublishedKeys(client, REGISTRY_TABLE);
  const stores = new CachedReads((id) => registry.store(id), now);
  const authenticator = createAuthenticator({
    caches: {
      credentials: new CachedReads((key) => registry.get(key), now),
      issuers: new CachedReads((issuer) => registry.issuerNamed(issuer), now),
      issuerKeys: new IssuerKeys((issuer) => fetchKeySet(issuer, LRS_ISSUER_HOSTS), now),
    },
    ownTokens: { keys: new VerificationKeys(published, now), issuer: LRS_ISSUER, now },
    freshness,
    now,
    sleep,
    onFailure,
  });
  return { authenticator, stores: { store: (id) => stores.get(id) } };
}

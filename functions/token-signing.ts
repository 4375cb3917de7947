import { randomUUID } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Part } from '#functions/resource-deps.ts';
import { SERVICE_TIMEOUTS } from '#storage/aws/service-timeouts.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { DynamoDbRegistry } from '#storage/dynamodb/registry/registry.ts';
import { DynamoDbPublishedKeys } from '#storage/dynamodb/signing-keys.ts';
import { DynamoDbTicketStore } from '#storage/dynamodb/ticket-store.ts';
import { SecretsManagerPrivateKeys } from '#storage/secrets-manager/private-keys.ts';
import type { PublishedKeysSource } from '#storage/signing-keys.ts';
import type { TicketStore } from '#storage/ticket-store.ts';
import type { MintDeps } from '#tokens/mint-token.ts';
import { SigningKeys } from '#tokens/signing-keys.ts';
import { tokenSigner } from '#tokens/token-signer.ts';

/* What the composition roots of the functions that sign tokens have in common: Secrets Manager besides DynamoDB. */

export const SIGNING_VARIABLES = [
  'AWS_REGION',
  'REGISTRY_TABLE',
  'LRS_ISSUER',
  'SIGNING_KEYS_SECRET',
  'SECRETS_MANAGER_ENDPOINT',
  'LRS_AUDIT_RETENTION_DAYS',
] as const;

export interface TokenSigning extends MintDeps {
  readonly signingKeys: SigningKeys;
  readonly publishedKeys: PublishedKeysSource;
  readonly tickets: TicketStore;
}

/** @param now milliseconds since 1970 */
export function tokenSigning(
  {
    AWS_REGION,
    REGISTRY_TABLE,
    LRS_ISSUER,
    SIGNING_KEYS_SECRET,
    SECRETS_MANAGER_ENDPOINT,
    LRS_AUDIT_RETENTION_DAYS: retentionDays,
  }: Part<typeof SIGNING_VARIABLES>,
  client: DynamoDb,
  now: () => number,
): TokenSigning {
  const secrets = new SecretsManagerClient({
    region: AWS_REGION,
    requestHandler: SERVICE_TIMEOUTS,
    ...(SECRETS_MANAGER_ENDPOINT !== undefined && { endpoint: SECRETS_MANAGER_ENDPOINT }),
  });
  const published = new DynamoDbPublishedKeys(client, REGISTRY_TABLE);
  const privateKeys = new SecretsManagerPrivateKeys(secrets, SIGNING_KEYS_SECRET);
  const registry = new DynamoDbRegistry({ client, tableName: REGISTRY_TABLE, retentionDays, now });
  const signingKeys = new SigningKeys({ published, registry, privateKeys, now });
  return {
    signingKeys,
    publishedKeys: published,
    tickets: new DynamoDbTicketStore(client, REGISTRY_TABLE, randomUUID),
    signer: tokenSigner(signingKeys, LRS_ISSUER),
    now,
    newId: randomUUID,
  };
}

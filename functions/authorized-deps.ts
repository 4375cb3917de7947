import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LOG_VARIABLES, type Part, resourceDeps } from '#functions/resource-deps.ts';
import { createAuthenticator } from '#http/auth/create-authenticator.ts';
import { CountingRequestGate } from '#http/usage/counting-request-gate.ts';
import type { AuthorizedResourceDeps } from '#http/resource.ts';
import { createDynamoDbClient } from '#runtime/clients.ts';
import { CachedReads } from '#storage/cached-reads.ts';
import { DynamoDbCredentialStore } from '#storage/dynamodb/credential-store.ts';
import { DynamoDbUsageCounter } from '#storage/dynamodb/usage-counter.ts';

/* What the composition roots of the functions that authorize requests have in common: DynamoDB. */

export const DYNAMODB_VARIABLES = ['AWS_REGION', 'DYNAMODB_ENDPOINT'] as const;

export const AUTHORIZED_VARIABLES = [...LOG_VARIABLES, ...DYNAMODB_VARIABLES, 'REGISTRY_TABLE'] as const;

export function dynamoDbClient({ AWS_REGION, DYNAMODB_ENDPOINT }: Part<typeof DYNAMODB_VARIABLES>): DynamoDBClient {
  return createDynamoDbClient({ region: AWS_REGION, endpoint: DYNAMODB_ENDPOINT });
}

export function authorizedDeps(
  environment: Part<typeof AUTHORIZED_VARIABLES>,
  client: DynamoDBClient,
): AuthorizedResourceDeps {
  const registry = new DynamoDbCredentialStore(client, environment.REGISTRY_TABLE);
  const credentials = new CachedReads((key) => registry.get(key), Date.now);
  const deps = resourceDeps(environment);
  const usage = new DynamoDbUsageCounter(client, environment.REGISTRY_TABLE);
  return {
    ...deps,
    authenticator: createAuthenticator({ credentials }),
    requestGate: new CountingRequestGate({ ...deps, usage }),
  };
}

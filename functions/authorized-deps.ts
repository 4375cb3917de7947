import { AUDIT_VARIABLES, auditing } from '#functions/auditing.ts';
import { AUTHENTICATION_VARIABLES, authentication } from '#functions/authentication.ts';
import { LOG_VARIABLES, type Part, resourceDeps } from '#functions/resource-deps.ts';
import { CountingRequestGate } from '#http/usage/counting-request-gate.ts';
import type { Freshness } from '#http/auth/access-sources.ts';
import type { AuthorizedResourceDeps } from '#http/resource.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { DynamoDbService } from '#storage/dynamodb/dynamodb-service.ts';
import { DynamoDbUsageCounter } from '#storage/dynamodb/usage-counter.ts';

/* What the composition roots of the functions that authorize requests have in common: DynamoDB. */

export const DYNAMODB_VARIABLES = ['AWS_REGION', 'DYNAMODB_ENDPOINT'] as const;

export const AUTHORIZED_VARIABLES = [
  ...LOG_VARIABLES,
  ...DYNAMODB_VARIABLES,
  ...AUTHENTICATION_VARIABLES,
  ...AUDIT_VARIABLES,
] as const;

export function dynamoDbClient({ AWS_REGION, DYNAMODB_ENDPOINT }: Part<typeof DYNAMODB_VARIABLES>): DynamoDb {
  return new DynamoDbService({ region: AWS_REGION, endpoint: DYNAMODB_ENDPOINT });
}

/** @param freshness of what authentication knows of credentials and issuers */
export function authorizedDeps(
  environment: Part<typeof AUTHORIZED_VARIABLES>,
  client: DynamoDb,
  freshness: Freshness = 'kept',
): AuthorizedResourceDeps {
  const deps = resourceDeps(environment);
  const usage = new DynamoDbUsageCounter(client, environment.REGISTRY_TABLE);
  const auditor = auditing(environment, client, deps);
  return {
    ...deps,
    ...authentication(environment, client, {
      now: deps.now,
      freshness,
      onFailure: (failure) => auditor.countFailure(failure),
    }),
    auditor,
    requestGate: new CountingRequestGate({ ...deps, usage }),
  };
}

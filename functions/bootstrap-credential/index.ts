import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createHandler } from '#functions/bootstrap-credential/handler.ts';
import { DYNAMODB_VARIABLES, dynamoDbClient } from '#functions/authorized-deps.ts';
import { LOG_VARIABLES, resourceDeps } from '#functions/resource-deps.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { SERVICE_TIMEOUTS } from '#storage/aws/service-timeouts.ts';
import { DynamoDbRegistry } from '#storage/dynamodb/registry/registry.ts';
import { secretReader } from '#storage/secrets-manager/secret-reader.ts';

const environment = readEnvironment(
  [
    ...LOG_VARIABLES,
    ...DYNAMODB_VARIABLES,
    'REGISTRY_TABLE',
    'LRS_AUDIT_RETENTION_DAYS',
    'FIRST_CREDENTIAL_SECRET',
    'LRS_HOME_PAGE',
  ],
  process.env,
);
const { AWS_REGION, REGISTRY_TABLE, LRS_AUDIT_RETENTION_DAYS, FIRST_CREDENTIAL_SECRET, LRS_HOME_PAGE } = environment;
const secrets = new SecretsManagerClient({ region: AWS_REGION, requestHandler: SERVICE_TIMEOUTS });

export const handler = createHandler({
  ...resourceDeps(environment),
  registry: new DynamoDbRegistry({
    client: dynamoDbClient(environment),
    tableName: REGISTRY_TABLE,
    retentionDays: LRS_AUDIT_RETENTION_DAYS,
    now: Date.now,
  }),
  secretArn: FIRST_CREDENTIAL_SECRET,
  readSecret: secretReader(secrets, FIRST_CREDENTIAL_SECRET),
  homePage: LRS_HOME_PAGE,
});

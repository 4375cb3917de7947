import { DYNAMODB_VARIABLES, dynamoDbClient } from '#functions/authorized-deps.ts';
import { createHandler } from '#functions/keeper/handler.ts';
import { LOG_VARIABLES, resourceDeps } from '#functions/resource-deps.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { DynamoDbSealableEvents } from '#storage/dynamodb/sealable-events.ts';

const environment = readEnvironment(
  [...LOG_VARIABLES, ...DYNAMODB_VARIABLES, 'REGISTRY_TABLE', 'LRS_AUDIT_RETENTION_DAYS'],
  process.env,
);

export const handler = createHandler({
  ...resourceDeps(environment),
  events: new DynamoDbSealableEvents({
    client: dynamoDbClient(environment),
    tableName: environment.REGISTRY_TABLE,
    retentionDays: environment.LRS_AUDIT_RETENTION_DAYS,
    now: Date.now,
  }),
});

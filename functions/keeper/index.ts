import { DYNAMODB_VARIABLES, dynamoDbClient } from '#functions/authorized-deps.ts';
import { createHandler } from '#functions/keeper/handler.ts';
import { LOG_VARIABLES, resourceDeps } from '#functions/resource-deps.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { DynamoDbSealableCounters } from '#storage/dynamodb/sealable-counters.ts';

const environment = readEnvironment(
  [...LOG_VARIABLES, ...DYNAMODB_VARIABLES, 'REGISTRY_TABLE', 'LRS_AUDIT_RETENTION_DAYS'],
  process.env,
);

export const handler = createHandler({
  ...resourceDeps(environment),
  counters: new DynamoDbSealableCounters({
    client: dynamoDbClient(environment),
    tableName: environment.REGISTRY_TABLE,
    retentionDays: environment.LRS_AUDIT_RETENTION_DAYS,
    now: Date.now,
  }),
});

import { AUTHORIZED_VARIABLES, authorizedDeps, dynamoDbClient } from '#functions/authorized-deps.ts';
import { BODY_VARIABLES, bodyItems } from '#functions/body-items.ts';
import { createHandler } from '#functions/agents/handler.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { DynamoDbPersonStore } from '#storage/dynamodb/person-store.ts';

const environment = readEnvironment([...AUTHORIZED_VARIABLES, ...BODY_VARIABLES], process.env);
const client = dynamoDbClient(environment);

export const handler = createHandler({
  ...authorizedDeps(environment, client),
  persons: new DynamoDbPersonStore(bodyItems(environment, client)),
});

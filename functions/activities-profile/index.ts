import { AUTHORIZED_VARIABLES, authorizedDeps, dynamoDbClient } from '#functions/authorized-deps.ts';
import { BODY_VARIABLES, bodyItems } from '#functions/body-items.ts';
import { createHandler } from '#functions/activities-profile/handler.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { DynamoDbDocumentStore } from '#storage/dynamodb/document-store.ts';

const environment = readEnvironment([...AUTHORIZED_VARIABLES, ...BODY_VARIABLES], process.env);
const client = dynamoDbClient(environment);

export const handler = createHandler({
  ...authorizedDeps(environment, client),
  documents: new DynamoDbDocumentStore(bodyItems(environment, client)),
});

import { AUTHORIZED_VARIABLES, authorizedDeps, dynamoDbClient } from '#functions/authorized-deps.ts';
import { createHandler } from '#functions/activities-profile/handler.ts';
import { DOCUMENT_VARIABLES, documentStore } from '#functions/document-store.ts';
import { readEnvironment } from '#runtime/environment.ts';

const environment = readEnvironment([...AUTHORIZED_VARIABLES, ...DOCUMENT_VARIABLES], process.env);
const client = dynamoDbClient(environment);

export const handler = createHandler({
  ...authorizedDeps(environment, client),
  documents: documentStore(environment, client),
});

import { AUTHORIZED_VARIABLES, authorizedDeps, dynamoDbClient } from '#functions/authorized-deps.ts';
import { createHandler } from '#functions/oauth/handler.ts';
import { SIGNING_VARIABLES, tokenSigning } from '#functions/token-signing.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { DynamoDbRegistryReader } from '#storage/dynamodb/registry/registry-reader.ts';
import { VerificationKeys } from '#tokens/verification-keys.ts';

const environment = readEnvironment([...AUTHORIZED_VARIABLES, ...SIGNING_VARIABLES, 'LRS_PUBLIC_URL'], process.env);
const client = dynamoDbClient(environment);
const deps = authorizedDeps(environment, client, 'recent');
const signing = tokenSigning(environment, client, deps.now);

export const handler = createHandler({
  ...deps,
  ...signing,
  credentials: new DynamoDbRegistryReader(client, environment.REGISTRY_TABLE),
  publicUrl: environment.LRS_PUBLIC_URL,
  verificationKeys: new VerificationKeys(signing.publishedKeys, deps.now),
});

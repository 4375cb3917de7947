import { randomUUID } from 'node:crypto';
import { AUTHORIZED_VARIABLES, authorizedDeps, dynamoDbClient } from '#functions/authorized-deps.ts';
import { BODY_VARIABLES, bodyItems, bucketOf } from '#functions/body-items.ts';
import { asOnlyWriterOfStatements } from '#functions/only-writer.ts';
import { createHandler } from '#functions/statements/handler.ts';
import { HORIZON_VARIABLES, writeHorizon } from '#functions/write-horizon.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { DynamoDbActivityStore } from '#storage/dynamodb/activity-store.ts';
import { DynamoDbPersonStore } from '#storage/dynamodb/person-store.ts';
import { DynamoDbStatementStore } from '#storage/dynamodb/statements/statement-store.ts';
import { S3AttachmentStore } from '#storage/s3/attachment-store.ts';

const environment = readEnvironment(
  [
    ...AUTHORIZED_VARIABLES,
    ...BODY_VARIABLES,
    ...HORIZON_VARIABLES,
    'STATEMENTS_TABLE',
    'LRS_BASE_PATH',
    'LRS_INDEX_SHARDS',
  ],
  process.env,
);
const client = dynamoDbClient(environment);
const bucket = bucketOf(environment);
const bodies = bodyItems(environment, client, bucket);

export const handler = createHandler({
  ...authorizedDeps(environment, client),
  statements: new DynamoDbStatementStore({
    client,
    tableName: environment.STATEMENTS_TABLE,
    blobs: bodies.blobs,
    horizon: writeHorizon(environment),
    now: Date.now,
    commitBound: environment.LRS_COMMIT_BOUND_MS,
    shards: environment.LRS_INDEX_SHARDS,
    ...asOnlyWriterOfStatements(environment, client),
  }),
  attachments: new S3AttachmentStore(bucket),
  activities: new DynamoDbActivityStore(bodies),
  persons: new DynamoDbPersonStore(bodies),
  newId: randomUUID,
  basePath: environment.LRS_BASE_PATH,
});

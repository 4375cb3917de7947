import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DYNAMODB_VARIABLES, dynamoDbClient } from '#functions/authorized-deps.ts';
import { BODY_VARIABLES, bodyItems, bucketOf } from '#functions/body-items.ts';
import { CALLER_VARIABLES, exportObjects, functionCaller } from '#functions/exports-deps.ts';
import { createHandler } from '#functions/jobs/handler.ts';
import { LAKE_WRITER_VARIABLES, lakeWriter } from '#functions/lake-deps.ts';
import { LOG_VARIABLES, resourceDeps } from '#functions/resource-deps.ts';
import { HORIZON_VARIABLES, writeHorizon } from '#functions/write-horizon.ts';
import { RemovalMarks } from '#lake/removals/removal-marks.ts';
import { ActorKeys } from '#lake/rows/actor-keys.ts';
import { languagePreference } from '#lake/rows/display-text.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { DynamoDbActivityStore } from '#storage/dynamodb/activity-store.ts';
import { DynamoDbJobStore } from '#storage/dynamodb/jobs/job-store.ts';
import { DynamoDbLakeSecret } from '#storage/dynamodb/lake-secret.ts';
import { DynamoDbStatementStore } from '#storage/dynamodb/statements/statement-store.ts';
import { S3AttachmentStore } from '#storage/s3/attachment-store.ts';

/** Bytes: a file is compressed and sent while a few of it are in memory. */
const PART_BYTES = 32 * 1024 * 1024;

const environment = readEnvironment(
  [
    ...LOG_VARIABLES,
    ...DYNAMODB_VARIABLES,
    ...BODY_VARIABLES,
    ...HORIZON_VARIABLES,
    ...LAKE_WRITER_VARIABLES,
    ...CALLER_VARIABLES,
    'STATEMENTS_TABLE',
    'LRS_INDEX_SHARDS',
    'JOBS_FUNCTION',
  ],
  process.env,
);
const client = dynamoDbClient(environment);
const bucket = bucketOf(environment);
const bodies = bodyItems(environment, client, bucket);
const objects = exportObjects(environment);
const deps = resourceDeps(environment);
const registry = { client, tableName: environment.REGISTRY_TABLE };
const secret = new DynamoDbLakeSecret(registry, randomBytes);
const languages = languagePreference(environment.LRS_LAKE_LANGUAGES);

export const handler = createHandler({
  ...deps,
  sleep: (milliseconds) => sleep(milliseconds),
  newId: randomUUID,
  jobs: new DynamoDbJobStore({ ...registry, now: deps.now }),
  statements: new DynamoDbStatementStore({
    client,
    tableName: environment.STATEMENTS_TABLE,
    blobs: bodies.blobs,
    horizon: writeHorizon(environment),
    now: deps.now,
    commitBound: environment.LRS_COMMIT_BOUND_MS,
    shards: environment.LRS_INDEX_SHARDS,
  }),
  attachments: new S3AttachmentStore(bucket),
  activities: new DynamoDbActivityStore(bodies),
  objects,
  self: functionCaller(environment, environment.JOBS_FUNCTION),
  lake: lakeWriter(environment, client, objects),
  marks: new RemovalMarks(objects),
  rowContext: async (store) => ({ keys: new ActorKeys(await secret.get(), store), languages }),
  partBytes: PART_BYTES,
});

import { dynamoDbClient } from '#functions/authorized-deps.ts';
import { CALLER_VARIABLES, exportObjects, functionCaller } from '#functions/exports-deps.ts';
import { LAKE_WRITER_VARIABLES, lakeWriter } from '#functions/lake-deps.ts';
import { createHandler } from '#functions/lake-writer/handler.ts';
import { LOG_VARIABLES, resourceDeps } from '#functions/resource-deps.ts';
import { RemovalMarks } from '#lake/removals/removal-marks.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { DynamoDbStatementChanges } from '#storage/dynamodb/statements/statement-changes.ts';
import { readStreamRecord } from '#storage/dynamodb/statements/stream-record.ts';
import { S3BlobStore } from '#storage/s3/blob-store.ts';
import { Bucket } from '#storage/s3/bucket.ts';

const environment = readEnvironment(
  [
    ...LOG_VARIABLES,
    ...LAKE_WRITER_VARIABLES,
    ...CALLER_VARIABLES,
    'STATEMENTS_TABLE',
    'ATTACHMENTS_BUCKET',
    'LAKE_COMPACTOR_FUNCTION',
  ],
  process.env,
);
const { ATTACHMENTS_BUCKET, AWS_REGION, S3_ENDPOINT } = environment;
const client = dynamoDbClient(environment);
const objects = exportObjects(environment);
const deps = resourceDeps(environment);

export const handler = createHandler({
  ...deps,
  readRecord: readStreamRecord,
  changes: new DynamoDbStatementChanges({
    client,
    tableName: environment.STATEMENTS_TABLE,
    blobs: new S3BlobStore(new Bucket({ name: ATTACHMENTS_BUCKET, region: AWS_REGION, endpoint: S3_ENDPOINT })),
    now: deps.now,
  }),
  writer: lakeWriter(environment, client, objects),
  marks: new RemovalMarks(objects),
  compactor: functionCaller(environment, environment.LAKE_COMPACTOR_FUNCTION),
});

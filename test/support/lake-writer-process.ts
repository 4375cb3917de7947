import { randomUUID } from 'node:crypto';
import { DynamoDbService } from '#storage/dynamodb/dynamodb-service.ts';
import { createHandler } from '#functions/lake-writer/handler.ts';
import { LakeWriter } from '#lake/lake-writer.ts';
import { RemovalMarks } from '#lake/removals/removal-marks.ts';
import { languagePreference } from '#lake/rows/display-text.ts';
import { createLogger, writeToStdout } from '#runtime/logger.ts';
import { encodeBody } from '#storage/dynamodb/statements/body-codec.ts';
import { DynamoDbStatementChanges } from '#storage/dynamodb/statements/statement-changes.ts';
import { readStreamRecord, type StreamRecord } from '#storage/dynamodb/statements/stream-record.ts';
import { PositionSource } from '#storage/position.ts';
import { S3BlobStore } from '#storage/s3/blob-store.ts';
import { Bucket } from '#storage/s3/bucket.ts';
import { S3ObjectStore } from '#storage/s3/object-store.ts';
import type { Statement } from '#xapi/statement/statement.ts';
import { anActivity, aStatement } from '#test/support/statements.ts';

/*
 * A process that calls the writer of the lake once and prints the megabytes of memory that this took: those before, and the
 * most that it ever had. Its arguments: endpoint and name of a bucket, number and kind of the statements.
 */

const ACCESS = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } as const;

/** Statements that take little room in a record, and much of memory. */
const KINDS: Readonly<Record<string, (number: number) => Partial<Statement>>> = {
  long: () => ({ result: { response: 'x'.repeat(350_000) } }),
  many: (number) => ({
    context: {
      contextActivities: { other: Array.from({ length: 3_000 }, (_, index) => ({ id: `a:${number}-${index}` })) },
    },
  }),
  wide: (number) => ({
    context: {
      contextActivities: {
        other: Array.from({ length: 1_000 }, (_, index) => anActivity(`${number}-${index}`, { name: { en: 'Named' } })),
      },
    },
  }),
};

const [endpoint = '', name = '', count = '', kind = ''] = process.argv.slice(2);
const positions = new PositionSource(Date.now, process.pid);
const records = Array.from({ length: Number(count) }, (_, number) => aRecord(number));
const bucket = new Bucket({ name, region: ACCESS.region, endpoint }, { credentials: ACCESS.credentials });
const objects = new S3ObjectStore(bucket, name);
const handler = createHandler({
  logger: createLogger('warn', writeToStdout, Date.now),
  readRecord: readStreamRecord,
  changes: new DynamoDbStatementChanges({
    client: new DynamoDbService({ region: ACCESS.region }, { credentials: ACCESS.credentials }),
    tableName: 'unused',
    blobs: new S3BlobStore(bucket),
    now: Date.now,
  }),
  writer: new LakeWriter({
    objects,
    secret: { get: () => Promise.resolve(Buffer.alloc(32)) },
    languages: languagePreference(['en']),
  }),
  marks: new RemovalMarks(objects),
  compactor: { call: () => Promise.resolve() },
  now: Date.now,
});

const before = process.memoryUsage().rss / 1024 ** 2;
const { batchItemFailures } = await handler({ Records: records }, { getRemainingTimeInMillis: () => 300_000 });
const peak = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ failures: batchItemFailures.length, before, peak }));

function aRecord(number: number): StreamRecord {
  const value = { ...aStatement(KINDS[kind]?.(number)), id: randomUUID() };
  const [position = ''] = positions.take(1).positions;
  const body = encodeBody(JSON.stringify(value)).toString('base64');
  const NewImage = { pk: { S: `default|s|${value.id}` }, p: { S: position }, b: { B: body } };
  return { dynamodb: { SequenceNumber: String(number), NewImage } };
}

import { BucketAlreadyOwnedByYou, CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { HOME_PAGE, LOCAL_BUCKETS, LOCAL_TABLES } from '#local/function-variables.ts';
import { StartError } from '#local/start-error.ts';
import { createTables, tablesClient } from '#local/tables.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { DynamoDbService } from '#storage/dynamodb/dynamodb-service.ts';
import { DynamoDbRegistry } from '#storage/dynamodb/registry/registry.ts';
import type { GivenCredential } from '#storage/given-credential.ts';
import { type Registration, registerCredential } from '#storage/register-credential.ts';

/** Where the bootstrap credential comes from. */
const LAPTOP = { homePage: HOME_PAGE, label: 'bootstrap' };

interface Places {
  readonly region: string;
  readonly dynamoDb: string;
  readonly s3: string;
}

/**
 * Makes what a deployment makes, unless it is there: tables, buckets and the bootstrap credential.
 *
 * @returns what became of the credential
 * @throws StartError when DynamoDB or S3 does not answer as it should.
 */
export async function provision({ region, dynamoDb, s3 }: Places, credential: GivenCredential): Promise<Registration> {
  const [registration] = await Promise.all([
    orStartError(`DynamoDB at ${dynamoDb}`, provisionTables({ region, endpoint: dynamoDb }, credential)),
    orStartError(`S3 at ${s3}`, provisionBuckets({ region, endpoint: s3 })),
  ]);
  return registration;
}

type Place = { readonly region: string; readonly endpoint: string };

async function provisionTables(place: Place, credential: GivenCredential): Promise<Registration> {
  const sdk = tablesClient(place);
  const client = new DynamoDbService(place);
  const { LRS_AUDIT_RETENTION_DAYS: retentionDays } = readEnvironment(['LRS_AUDIT_RETENTION_DAYS'], process.env);
  try {
    await createTables(sdk, LOCAL_TABLES);
    const registry = new DynamoDbRegistry({ client, tableName: LOCAL_TABLES.registry, retentionDays, now: Date.now });
    return await registerCredential(registry, credential, LAPTOP, Date.now());
  } finally {
    sdk.destroy();
  }
}

async function provisionBuckets(place: Place): Promise<void> {
  const client = new S3Client({ ...place, forcePathStyle: true });
  try {
    await Promise.all(Object.values(LOCAL_BUCKETS).map((name) => createBucket(client, name)));
  } finally {
    client.destroy();
  }
}

async function createBucket(client: S3Client, name: string): Promise<void> {
  try {
    await client.send(new CreateBucketCommand({ Bucket: name }));
  } catch (error) {
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
  }
}

async function orStartError<Result>(what: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw new StartError(`${what} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}

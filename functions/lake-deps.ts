import { randomBytes } from 'node:crypto';
import { DYNAMODB_VARIABLES } from '#functions/authorized-deps.ts';
import { EXPORTS_VARIABLES } from '#functions/exports-deps.ts';
import type { Part } from '#functions/resource-deps.ts';
import { LakeWriter } from '#lake/lake-writer.ts';
import { languagePreference } from '#lake/rows/display-text.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { DynamoDbLakeSecret } from '#storage/dynamodb/lake-secret.ts';
import type { S3ObjectStore } from '#storage/s3/object-store.ts';

/* What the composition roots of the functions that write the lake have in common. */

export const LAKE_WRITER_VARIABLES = [
  ...DYNAMODB_VARIABLES,
  ...EXPORTS_VARIABLES,
  'REGISTRY_TABLE',
  'LRS_LAKE_LANGUAGES',
] as const;

export function lakeWriter(
  { REGISTRY_TABLE, LRS_LAKE_LANGUAGES }: Part<typeof LAKE_WRITER_VARIABLES>,
  client: DynamoDb,
  objects: S3ObjectStore,
): LakeWriter {
  const secret = new DynamoDbLakeSecret({ client, tableName: REGISTRY_TABLE }, randomBytes);
  return new LakeWriter({ objects, secret, languages: languagePreference(LRS_LAKE_LANGUAGES) });
}

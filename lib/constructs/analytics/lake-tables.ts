import { RemovalPolicy } from 'aws-cdk-lib';
import {
  Database,
  DataFormat,
  InputFormat,
  OutputFormat,
  PartitionProjectionConfiguration,
  S3Table,
  S3TableStorage,
  Schema,
  SerializationLibrary,
} from 'aws-cdk-lib/aws-glue';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LAKE_TABLES, type LakeTable } from '#lake/columns.ts';
import { glueColumn } from '#lib/constructs/analytics/hive-types.ts';

/**
 * Of a partition there is a text that names its current files, one a line. So that what replaces the text replaces all of them
 * at once, and files that nobody names are not seen (Amazon S3 user guide, "Querying Amazon S3 Inventory with Amazon
 * Athena", reads Parquet by the same classes).
 */
const FILES_BY_MANIFEST = new DataFormat({
  inputFormat: new InputFormat('org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat'),
  outputFormat: new OutputFormat('org.apache.hadoop.hive.ql.io.IgnoreKeyTextOutputFormat'),
  serializationLibrary: SerializationLibrary.PARQUET,
});

/**
 * Athena works out where partitions are, so that nothing has to tell the catalog of a new day. Stores are not known here:
 * a query names the one it is about.
 */
const PROJECTIONS = {
  store: PartitionProjectionConfiguration.injected(),
  dt: PartitionProjectionConfiguration.date({ min: '2020-01-01', max: 'NOW', format: 'yyyy-MM-dd' }),
} as const;

const PARTITION_COMMENTS = {
  store: 'Id of the store; a query has to name one',
  dt: 'Day on which it was stored (UTC), as 2026-11-29',
} as const;

export interface LakeDatabaseProps {
  /** Name and stage, for example `lrs-prod`. */
  readonly lrs: string;
  /** Of the one that has the lake. */
  readonly bucketName: string;
}

/** The tables of the lake as Athena sees them. They hold nothing: all that is in them is below `lake/` in the bucket. */
export class LakeDatabase extends Construct {
  readonly databaseName: string;

  constructor(scope: Construct, id: string, { lrs, bucketName }: LakeDatabaseProps) {
    super(scope, id);
    const bucket = Bucket.fromBucketName(this, 'Bucket', bucketName);
    const database = new Database(this, 'Database', {
      // A hyphen would have to be quoted in every query.
      databaseName: lrs.replaceAll('-', '_'),
      description: `Statements of the LRS ${lrs}, for analysis`,
    });
    // One that stayed behind would keep its name from the next.
    database.applyRemovalPolicy(RemovalPolicy.DESTROY);
    this.databaseName = database.databaseName;
    for (const table of Object.values<LakeTable>(LAKE_TABLES)) this.#addTable(database, bucket, table);
  }

  #addTable(database: Database, bucket: IBucket, table: LakeTable): void {
    const { name, folder, columns, partitionedBy, personal, description } = table;
    const current = `lake/current/${folder}/`;
    const partition = partitionedBy.map((key) => `${key}=\${${key}}`).join('/');
    new S3Table(this, name, {
      database,
      tableName: name,
      description,
      storage: S3TableStorage.fromBucket(bucket),
      s3Prefix: current,
      dataFormat: FILES_BY_MANIFEST,
      // What S3 encrypts it also decrypts; this is about what clients encrypt.
      hasEncryptedData: false,
      columns: columns.map((column) => glueColumn(column, personal)),
      partitionKeys: partitionedBy.map((key) => ({ name: key, type: Schema.STRING, comment: PARTITION_COMMENTS[key] })),
      partitionProjection: Object.fromEntries(partitionedBy.map((key) => [key, PROJECTIONS[key]])),
      parameters: { 'storage.location.template': `s3://${bucket.bucketName}/${current}${partition}` },
    });
  }
}

import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export interface PrivateBucketProps {
  /** The owner's key; without it objects are encrypted with S3's own. */
  readonly encryptionKey: IKey | undefined;
  readonly versioned: boolean;
  /** Days that what was deleted or overwritten is kept, where there are versions. */
  readonly oldVersionDays: number;
  /** What goes by itself, and at once: after a day there is no old version of it either. */
  readonly expiring?: readonly Expiring[];
  /** Whether the bucket and all that is in it goes with its stack. */
  readonly removable: boolean;
  /** Why S3 itself logs no requests to it. */
  readonly unloggedBecause: string;
}

/** Objects that are deleted some days after they were written. */
export interface Expiring {
  /** Of their keys. */
  readonly prefix: string;
  readonly days: number;
}

const UPLOAD_DAYS = 7;

/** A bucket that nobody outside the account reaches, over TLS only. */
export function createPrivateBucket(scope: Construct, id: string, props: PrivateBucketProps): Bucket {
  const { encryptionKey, versioned, oldVersionDays, expiring = [], removable, unloggedBecause } = props;
  const bucket = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    ...(encryptionKey === undefined
      ? { encryption: BucketEncryption.S3_MANAGED }
      : { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }),
    versioned,
    lifecycleRules: [
      { id: 'IncompleteUploads', abortIncompleteMultipartUploadAfter: Duration.days(UPLOAD_DAYS) },
      {
        id: 'OldVersions',
        noncurrentVersionExpiration: Duration.days(oldVersionDays),
        expiredObjectDeleteMarker: true,
      },
      ...expiring.map(({ prefix, days }) => ({
        id: `Expire-${prefix.replaceAll('/', '')}`,
        prefix,
        expiration: Duration.days(days),
        noncurrentVersionExpiration: Duration.days(1),
      })),
    ],
    removalPolicy: removable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    autoDeleteObjects: removable,
  });
  // Without its policy a bucket that stays would take requests without TLS.
  if (!removable) bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
  Validations.of(bucket).acknowledge({ id: 'AwsSolutions-S1', reason: unloggedBecause });
  return bucket;
}

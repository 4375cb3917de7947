import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export interface PrivateBucketProps {
  /** The owner's key; without it objects are encrypted with S3's own. */
  readonly encryptionKey: IKey | undefined;
  readonly versioned: boolean;
  /** Whether the bucket and all that is in it goes with its stack. */
  readonly removable: boolean;
}

const UPLOAD_DAYS = 7;
/** As long as tables can be taken back. */
const OLD_VERSION_DAYS = 35;

/** A bucket that nobody outside the account reaches, over TLS only. */
export function createPrivateBucket(scope: Construct, id: string, props: PrivateBucketProps): Bucket {
  const { encryptionKey, versioned, removable } = props;
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
        noncurrentVersionExpiration: Duration.days(OLD_VERSION_DAYS),
        expiredObjectDeleteMarker: true,
      },
    ],
    removalPolicy: removable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    autoDeleteObjects: removable,
  });
  // Without its policy a bucket that stays would take requests without TLS.
  if (!removable) bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'Only the functions reach the objects, and their log has a line for every request.',
  });
  return bucket;
}

import { Stack, Validations } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import type { BucketKey, Right } from '#lib/rights.ts';

/**
 * Tells cdk-nag why a right to objects ends in a wildcard.
 *
 * @param scope what has the role with these rights
 * @param buckets of another stack than the scope's
 */
export function acknowledgePrefixes(
  scope: IConstruct,
  rights: readonly Right[],
  buckets: Readonly<Record<BucketKey, Bucket>>,
): void {
  for (const right of rights) {
    if (!('objects' in right)) continue;
    Validations.of(scope).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${exportedName(buckets[right.bucket])}/${right.objects}*]`,
      reason: `The rest of the keys below ${right.objects} is made of stores, hashes and ids, which nobody knows before.`,
    });
  }
}

/** Under which the bucket's stack exports its ARN, as every reference from another stack makes it do. */
export function exportedName(bucket: Bucket): string {
  const stack = Stack.of(bucket);
  const imported: unknown = stack.resolve(stack.exportValue(bucket.bucketArn));
  if (typeof imported !== 'object' || imported === null || !('Fn::ImportValue' in imported)) {
    throw new Error(`${stack.stackName} exports the ARN of ${bucket.node.path} in an unexpected way.`);
  }
  return String(imported['Fn::ImportValue']);
}

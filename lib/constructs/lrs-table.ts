import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { TableDefinition } from '#storage/dynamodb/tables.ts';

export interface LrsTableProps {
  readonly definition: TableDefinition;
  /** The owner's key; without it the table is encrypted with a key that AWS owns, which costs nothing. */
  readonly encryptionKey: IKey | undefined;
  /** Whether the table goes with its stack. If not, it also refuses to be deleted. */
  readonly removable: boolean;
}

/** A table as its definition says, on demand, with recovery to any second of the last 35 days. */
export function createLrsTable(scope: Construct, id: string, props: LrsTableProps): TableV2 {
  const { definition, encryptionKey, removable } = props;
  return new TableV2(scope, id, {
    partitionKey: text(definition.partitionKey),
    sortKey: text(definition.sortKey),
    billing: Billing.onDemand(),
    globalSecondaryIndexes: definition.indexes.map(({ name, partitionKey, sortKey, include }) => ({
      indexName: name,
      partitionKey: text(partitionKey),
      sortKey: text(sortKey),
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: [...include],
    })),
    ...(definition.timeToLive !== undefined && { timeToLiveAttribute: definition.timeToLive }),
    ...(definition.stream && { dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES }),
    encryption:
      encryptionKey === undefined
        ? TableEncryptionV2.dynamoOwnedKey()
        : TableEncryptionV2.customerManagedKey(encryptionKey),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: !removable,
    removalPolicy: removable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  });
}

function text(name: string): { name: string; type: AttributeType } {
  return { name, type: AttributeType.STRING };
}

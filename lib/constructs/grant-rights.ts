import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Right, TableKey } from '#lib/rights.ts';
import { TABLES } from '#storage/dynamodb/tables.ts';

/** What rights are about, as it is called in the account; names and ARNs may be tokens. */
export interface RightsResources {
  readonly tables: Readonly<Record<TableKey, { readonly tableArn: string }>>;
  readonly attachments: { readonly bucketArn: string };
  readonly signingKeys: { readonly secretArn: string };
}

/**
 * The statements of the policy that grants these rights, one for each right, on exact ARNs. A wildcard stands only behind
 * the prefix of objects, whose names nobody knows beforehand.
 */
export function policyStatements(rights: readonly Right[], resources: RightsResources): PolicyStatement[] {
  return rights.map((right) => policyStatement(right, resources));
}

function policyStatement(right: Right, { tables, attachments, signingKeys }: RightsResources): PolicyStatement {
  if ('table' in right) {
    return new PolicyStatement({
      actions: actionsOf('dynamodb', right.actions),
      resources: [tables[right.table].tableArn],
      ...(right.keys !== undefined && { conditions: onlyKeys(right.keys) }),
    });
  }
  if ('indexes' in right) {
    const { tableArn } = tables[right.indexes];
    const indexes = TABLES[right.indexes].indexes.map(({ name }) => `${tableArn}/index/${name}`);
    return new PolicyStatement({ actions: actionsOf('dynamodb', right.actions), resources: indexes });
  }
  if ('secret' in right) {
    return new PolicyStatement({
      actions: actionsOf('secretsmanager', right.actions),
      resources: [signingKeys.secretArn],
    });
  }
  const { bucketArn } = attachments;
  const resource = 'objects' in right ? `${bucketArn}/${right.objects}*` : bucketArn;
  return new PolicyStatement({ actions: actionsOf('s3', right.actions), resources: [resource] });
}

/**
 * Every partition key that a request names must be like one of the patterns. A request that names none would pass, too,
 * because what is said of all values of nothing is true; no action used here is without a key, so having one is demanded.
 */
function onlyKeys(patterns: readonly string[]): Record<string, Record<string, string | string[]>> {
  return {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...patterns] },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  };
}

function actionsOf(service: string, actions: readonly string[]): string[] {
  return actions.map((action) => `${service}:${action}`);
}

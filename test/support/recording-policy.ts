import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { policyStatements } from '#lib/constructs/grant-rights.ts';
import type { BucketKey, Right } from '#lib/rights.ts';
import type { TableNames } from '#local/tables.ts';
import { bucketArn, type Call, functionArn, SIGNING_KEYS_ARN, tableArn } from '#test/support/recording-calls.ts';

/**
 * One action on one resource, for any key or for those like one of the patterns: what a statement of a policy says, taken
 * apart. An action and a resource may have wildcards, too.
 */
export interface Grant {
  readonly action: string;
  readonly resource: string;
  readonly keys?: readonly string[];
}

export type Policy = readonly Grant[];

export type BucketNames = Readonly<Record<BucketKey, string>>;

/** What is understood of a statement; `keys` are those of `dynamodb:LeadingKeys`. */
interface StatementJson {
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: {
    readonly 'ForAllValues:StringLike': { readonly 'dynamodb:LeadingKeys': string | readonly string[] };
    readonly Null: { readonly 'dynamodb:LeadingKeys': 'false' };
  };
}

const STATEMENT_MEMBERS = ['Action', 'Condition', 'Effect', 'Resource'];
const CONDITIONS = JSON.stringify(['ForAllValues:StringLike', 'Null']);

/** The policy that a function gets for these rights, on these tables and buckets and on what there is one of. */
export function policyOf(rights: readonly Right[], names: TableNames, buckets: BucketNames): Policy {
  const tables = {
    statements: { tableArn: tableArn(names.statements) },
    documents: { tableArn: tableArn(names.documents) },
    registry: { tableArn: tableArn(names.registry) },
  };
  const resources = {
    tables,
    buckets: {
      attachments: { bucketArn: bucketArn(buckets.attachments) },
      exports: { bucketArn: bucketArn(buckets.exports) },
    },
    signingKeys: { secretArn: SIGNING_KEYS_ARN },
    functions: {
      'lake-compactor': { functionArn: functionArn('lake-compactor') },
      jobs: { functionArn: functionArn('jobs') },
    },
  };
  return policyStatements(rights, resources).flatMap(grantsOf);
}

/** @throws Error for a statement with more in it than is understood here. */
export function grantsOf(statement: PolicyStatement): Policy {
  const json: StatementJson = statement.toStatementJson();
  const conditions = Object.keys(json.Condition ?? {}).toSorted();
  const unknown = Object.keys(json).filter((name) => !STATEMENT_MEMBERS.includes(name));
  const isUnderstood = json.Condition === undefined || JSON.stringify(conditions) === CONDITIONS;
  if (json.Effect !== 'Allow' || unknown.length > 0 || !isUnderstood) {
    throw new Error(`This statement is beyond the evaluator: ${JSON.stringify(json)}`);
  }
  const patterns = json.Condition?.['ForAllValues:StringLike']['dynamodb:LeadingKeys'];
  return listOf(json.Action).flatMap((action) =>
    listOf(json.Resource).map((resource) => ({
      action,
      resource,
      ...(patterns !== undefined && { keys: listOf(patterns) }),
    })),
  );
}

/** As IAM decides: some grant must allow all of the call. */
export function allows(policy: Policy, { action, resource, leadingKeys }: Call): boolean {
  return policy.some(
    (grant) =>
      isLike(action, grant.action) &&
      isLike(resource, grant.resource) &&
      (grant.keys === undefined || (leadingKeys.length > 0 && areAllLike(leadingKeys, grant.keys))),
  );
}

/** The grants, and the keys of grants, without which all of the calls would still be allowed; one sentence each. */
export function unneeded(policy: Policy, calls: readonly Call[]): readonly string[] {
  const allowed = calls.filter((call) => allows(policy, call));
  return policy.flatMap((grant, index) => {
    const isNeeded = (rest: readonly Grant[]): boolean => {
      return allowed.some((call) => !allows(policy.toSpliced(index, 1, ...rest), call));
    };
    const { keys = [] } = grant;
    if (keys.length < 2) return isNeeded([]) ? [] : [sentenceOf(grant)];
    return keys
      .filter((key) => !isNeeded([{ ...grant, keys: keys.filter((other) => other !== key) }]))
      .map((key) => sentenceOf({ ...grant, keys: [key] }));
  });
}

export function sentenceOf({ action, resource, keys }: Grant): string {
  return `${action} on ${resource}${keys === undefined ? '' : ` for ${keys.join(', ')}`}`;
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

function areAllLike(texts: readonly string[], patterns: readonly string[]): boolean {
  return texts.every((text) => patterns.some((pattern) => isLike(text, pattern)));
}

/** `*` stands for any text, `?` for one character. */
function isLike(text: string, pattern: string): boolean {
  const escaped = pattern.replaceAll(/[\\^$.|+(){}[\]]/gu, '\\$&');
  const expression = escaped.replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'su').test(text);
}

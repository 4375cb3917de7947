import { TABLES } from '#storage/dynamodb/tables.ts';

/** What IAM decides about: an action on a resource, with the partition keys that the request names. */
export interface Call {
  /** As in a policy, for example `dynamodb:GetItem`. */
  readonly action: string;
  /** An ARN. */
  readonly resource: string;
  readonly leadingKeys: readonly string[];
}

/** A request to AWS: one of its operations, which takes the right to each of these calls. */
export interface AwsRequest {
  /** As the SDK names it, for example `TransactWriteItems`. */
  readonly operation: string;
  readonly calls: readonly Call[];
}

const ACCOUNT = 'us-east-1:123456789012';

export function tableArn(name: string): string {
  return `arn:aws:dynamodb:${ACCOUNT}:table/${name}`;
}

export function bucketArn(name: string): string {
  return `arn:aws:s3:::${name}`;
}

export function functionArn(name: string): string {
  return `arn:aws:lambda:${ACCOUNT}:function:${name}`;
}

/** Of the secret that holds the keys which tokens are signed with. */
export const SIGNING_KEYS_ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:signing-keys';

/** The parts of DynamoDB's requests that say what they are about. */
interface ItemRequest {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly Key?: Attributes;
  readonly Item?: Attributes;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Attributes;
}

type Attributes = Readonly<Record<string, { readonly S?: string }>>;

type PutOrDelete = Readonly<Record<string, Pick<ItemRequest, 'Key' | 'Item'>>>;

interface DynamoDbBody extends ItemRequest {
  readonly RequestItems?: Readonly<Record<string, { readonly Keys: readonly Attributes[] } | readonly PutOrDelete[]>>;
  readonly TransactItems?: readonly Readonly<Record<string, ItemRequest>>[];
}

/** The rights that the actions of a transaction take; the transaction itself takes none. */
const TRANSACTED: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/** @param target the header `x-amz-target`: the version of the API, a dot, the operation */
export function dynamoDbRequest(target: string, json: string): AwsRequest {
  const operation = operationOf(target);
  const body: DynamoDbBody = JSON.parse(json);
  const { RequestItems, TransactItems } = body;
  if (TransactItems !== undefined) return { operation, calls: TransactItems.flatMap(transactedCalls) };
  if (RequestItems === undefined) return { operation, calls: [itemCall(operation, body)] };
  const calls = Object.entries(RequestItems).map(([table, requests]) => {
    const keys = 'Keys' in requests ? requests.Keys : requests.flatMap(keysIn);
    return dynamoDbCall(operation, tableArn(table), keys.flatMap(partitionKeyIn));
  });
  return { operation, calls };
}

function transactedCalls(action: Readonly<Record<string, ItemRequest>>): readonly Call[] {
  return Object.entries(action).map(([kind, request]) => itemCall(TRANSACTED[kind] ?? kind, request));
}

function itemCall(action: string, request: ItemRequest): Call {
  const { TableName, IndexName, Key, Item } = request;
  const table = tableArn(TableName);
  const resource = IndexName === undefined ? table : `${table}/index/${IndexName}`;
  const keys = Key ?? Item;
  return dynamoDbCall(action, resource, keys === undefined ? partitionsAskedFor(request) : partitionKeyIn(keys));
}

function dynamoDbCall(action: string, resource: string, leadingKeys: readonly string[]): Call {
  return { action: `dynamodb:${action}`, resource, leadingKeys };
}

function keysIn(request: PutOrDelete): readonly Attributes[] {
  return Object.values(request).map(({ Key = {}, Item = Key }) => Item);
}

function partitionKeyIn({ pk }: Attributes): readonly string[] {
  return pk?.S === undefined ? [] : [pk.S];
}

/** Of a query: the value that its condition demands of the partition key. */
function partitionsAskedFor(request: ItemRequest): readonly string[] {
  const { IndexName, KeyConditionExpression = '', ExpressionAttributeNames, ExpressionAttributeValues } = request;
  const indexes = Object.values(TABLES).flatMap((table) => table.indexes);
  const partitionKey = indexes.find(({ name }) => name === IndexName)?.partitionKey ?? 'pk';
  return KeyConditionExpression.split(/\s+AND\s+/iu).flatMap((condition) => {
    const [, name = '', value = ''] = /^(\S+) *= *(\S+)$/u.exec(condition) ?? [];
    const attribute = ExpressionAttributeNames?.[name] ?? name;
    return attribute === partitionKey ? (ExpressionAttributeValues?.[value]?.S ?? []) : [];
  });
}

/** Of Secrets Manager, which is asked for a secret by its ARN. */
export function secretsRequest(target: string, json: string): AwsRequest {
  const operation = operationOf(target);
  const { SecretId: resource }: { SecretId: string } = JSON.parse(json);
  return { operation, calls: [{ action: `secretsmanager:${operation}`, resource, leadingKeys: [] }] };
}

function operationOf(target: string): string {
  return target.slice(target.indexOf('.') + 1);
}

/** What the API of Lambda calls functions at. */
const INVOCATION = /^\/2015-03-31\/functions\/(?<name>[^/]+)\/invocations$/u;

/** @returns undefined when it is about no function */
export function invocation(url: string): AwsRequest | undefined {
  const name = INVOCATION.exec(url)?.groups?.['name'];
  if (name === undefined) return undefined;
  const resource = functionArn(decodeURIComponent(name));
  return { operation: 'Invoke', calls: [{ action: 'lambda:InvokeFunction', resource, leadingKeys: [] }] };
}

/** S3's operations on objects, by method. */
const OBJECT_OPERATIONS: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  // S3 has no right of its own for it.
  HEAD: 'GetObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};

/**
 * What the LRS asks of S3, path style: single objects, and what objects there are. Anything else is an operation that no
 * policy allows.
 *
 * @param url path and query
 */
export function s3Request(method: string, url: string): AwsRequest {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const [bucket = '', ...key] = pathname.slice(1).split('/').map(decodeURIComponent);
  if (method === 'GET' && key.join('') === '' && searchParams.get('list-type') === '2') {
    return { operation: 'ListObjectsV2', calls: [s3Call('ListBucket', bucketArn(bucket))] };
  }
  // A link carries its signature in the query.
  const parameters = [...searchParams.keys()].filter((name) => name !== 'x-id' && !/^x-amz-/iu.test(name));
  const isObject = key.join('') !== '' && parameters.length === 0;
  const operation = (isObject ? OBJECT_OPERATIONS[method] : undefined) ?? `${method} ${url}`;
  return { operation, calls: [s3Call(operation, `${bucketArn(bucket)}/${key.join('/')}`)] };
}

/** What S3 looks at before it tells that an object is not there: without the right to list, that is a secret. */
export function listBucketOf({ resource }: Call): Call {
  return s3Call('ListBucket', resource.slice(0, resource.indexOf('/')));
}

function s3Call(action: string, resource: string): Call {
  return { action: `s3:${action}`, resource, leadingKeys: [] };
}

import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Credential } from '#access/credential.ts';
import { incarnationOf } from '#access/incarnation.ts';
import type { Issuer } from '#access/issuer.ts';
import type { Store } from '#access/store.ts';
import { type Item, type ItemKey, keyAttributes, textOf } from '#storage/dynamodb/attributes.ts';
import { additionsOfJob, cancellationsOfJob } from '#storage/dynamodb/jobs/job-changes.ts';
import { ttlOf, valueItem } from '#storage/dynamodb/registry/registry-item.ts';
import {
  credentialKey,
  credentialPointerKey,
  issuerKey,
  issuerPointerKey,
  registeredSecretsKey,
  replyKey,
  SIGNING_KEYS,
  storeKey,
} from '#storage/dynamodb/registry/registry-keys.ts';
import type { CommitOutcome, RegisteredSecrets, RegistryChange, RememberedReply } from '#storage/registry.ts';
import type { PublishedKeys } from '#storage/signing-keys.ts';

/** A part of a commit, and what it means when its condition does not hold. */
export interface RegistryWrite {
  readonly write: TransactWriteItem;
  readonly refusal: Exclude<CommitOutcome, 'done'>;
}

interface Pointer {
  readonly key: ItemKey;
  /** What the value is found by. */
  readonly value: string;
}

/** How a value is kept. */
interface Kept {
  readonly key: ItemKey;
  readonly value: Store | Credential | Issuer | RegisteredSecrets;
  /** What every revision of the value has to have in common. */
  readonly belongsTo: string;
  /** Of what can be deleted and made again, so that nothing happens to its successor; absent: the value cannot be. */
  readonly incarnation?: string;
  /** What lists it, where its own item does not. */
  readonly pointer?: Pointer;
}

/** What a change writes into the table of this name. */
export function writesOf(table: string, change: RegistryChange): readonly RegistryWrite[] {
  if (change.kind === 'signing-keys') return [publication(table, change.put)];
  if (change.kind === 'job') return jobWrites(table, change);
  const kept = keptOf(change);
  if ('delete' in change) return deletions(table, kept);
  return change.put.revision === 1 ? additions(table, kept) : replacements(table, kept);
}

/** The items of a credential. */
export function credentialItems(credential: Credential): readonly Item[] {
  return itemsOf(keptCredential(credential));
}

/** @param now milliseconds since 1970: a reply that has expired by then counts as absent. */
export function replyWrite(table: string, reply: RememberedReply, now: number): RegistryWrite {
  const key = replyKey(reply.principal, reply.idempotencyKey);
  const condition = {
    ConditionExpression: 'attribute_not_exists(pk) OR #ttl <= :now',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ExpressionAttributeValues: { ':now': { N: String(Math.floor(now / 1_000)) } },
  };
  const item = valueItem(key, reply, { ttl: ttlOf(reply.expires) });
  return { write: { Put: { TableName: table, Item: item, ...condition } }, refusal: 'remembered' };
}

/** Nothing lists them, and there is nobody else whom they could belong to. */
function publication(table: string, keys: PublishedKeys): RegistryWrite {
  const item = valueItem(SIGNING_KEYS, keys, { revision: keys.revision });
  const condition =
    keys.revision === 1
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#revision = :before',
          ExpressionAttributeNames: { '#revision': 'revision' },
          ExpressionAttributeValues: { ':before': { N: String(keys.revision - 1) } },
        };
  return { write: { Put: { TableName: table, Item: item, ...condition } }, refusal: 'changed' };
}

function jobWrites(table: string, change: Extract<RegistryChange, { readonly kind: 'job' }>): readonly RegistryWrite[] {
  if ('put' in change) return additionsOfJob(table, change.put).map((write) => ({ write, refusal: 'exists' }));
  return cancellationsOfJob(table, change.cancel, change.time).map((write) => ({ write, refusal: 'changed' }));
}

function keptOf(change: Exclude<RegistryChange, { readonly kind: 'signing-keys' | 'job' }>): Kept {
  if (change.kind === 'registered-secrets') return keptRegisteredSecrets(change.put);
  const value = 'put' in change ? change.put : change.delete;
  if ('key' in value) return keptCredential(value);
  if ('issuer' in value) return keptIssuer(value);
  return { key: storeKey(value.id), value, belongsTo: value.id };
}

/** A credential stays in its store. */
function keptCredential(value: Credential): Kept {
  const { key, store } = value;
  const pointer = { key: credentialPointerKey(store, key), value: key };
  return { key: credentialKey(key), value, belongsTo: store, incarnation: incarnationOf(value), pointer };
}

function keptRegisteredSecrets(value: RegisteredSecrets): Kept {
  return { key: registeredSecretsKey(value.key), value, belongsTo: value.key };
}

/** An issuer keeps its name and its id. */
function keptIssuer(value: Issuer): Kept {
  const { id, issuer } = value;
  const pointer = { key: issuerPointerKey(id), value: issuer };
  return { key: issuerKey(issuer), value, belongsTo: id, incarnation: incarnationOf(value), pointer };
}

function itemOf({ key, value, belongsTo, incarnation }: Kept): Item {
  const terms = { revision: value.revision, belongsTo, ...(incarnation !== undefined && { incarnation }) };
  return valueItem(key, value, terms);
}

function itemsOf(kept: Kept): readonly Item[] {
  const { pointer } = kept;
  return pointer === undefined ? [itemOf(kept)] : [itemOf(kept), valueItem(pointer.key, pointer.value)];
}

function additions(table: string, kept: Kept): readonly RegistryWrite[] {
  const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
  const { pointer } = kept;
  const addition: RegistryWrite = {
    write: { Put: { TableName: table, Item: itemOf(kept), ...isNew } },
    refusal: 'exists',
  };
  if (pointer === undefined) return [addition];
  const item = valueItem(pointer.key, pointer.value);
  return [addition, { write: { Put: { TableName: table, Item: item, ...isFree(item) } }, refusal: 'exists' }];
}

/** The value is new, so what leads to it already was left behind by one that somebody took out of the table by hand. */
function isFree(pointer: Item) {
  return {
    ConditionExpression: 'attribute_not_exists(pk) OR #value = :value',
    ExpressionAttributeNames: { '#value': 'value' },
    ExpressionAttributeValues: { ':value': { S: textOf(pointer, 'value') } },
  };
}

function replacements(table: string, kept: Kept): readonly RegistryWrite[] {
  const { pointer } = kept;
  const before = kept.value.revision - 1;
  const write: RegistryWrite = {
    write: { Put: { TableName: table, Item: itemOf(kept), ...isRevision(kept, before) } },
    refusal: 'changed',
  };
  // Nothing lists a credential of the first layout.
  if (pointer === undefined || before > 1) return [write];
  const item = valueItem(pointer.key, pointer.value);
  return [write, { write: { Put: { TableName: table, Item: item } }, refusal: 'changed' }];
}

function deletions(table: string, kept: Kept): readonly RegistryWrite[] {
  const { key, value, pointer } = kept;
  const conditional = { Key: keyAttributes(key), ...isRevision(kept, value.revision) };
  const deletion: RegistryWrite = { write: { Delete: { TableName: table, ...conditional } }, refusal: 'changed' };
  if (pointer === undefined) return [deletion];
  const listed = { Key: keyAttributes(pointer.key) };
  return [deletion, { write: { Delete: { TableName: table, ...listed } }, refusal: 'changed' }];
}

function isRevision({ belongsTo, incarnation }: Kept, revision: number) {
  const terms: Readonly<Record<string, AttributeValue>> = {
    revision: { N: String(revision) },
    belongsTo: { S: belongsTo },
    ...(incarnation !== undefined && { incarnation: { S: incarnation } }),
  };
  const names = Object.keys(terms);
  const isIt = names.map((name) => `#${name} = :${name}`).join(' AND ');
  // Credentials only have it, and are in revision 1 until they are changed.
  const isFirstLayout = 'attribute_not_exists(#revision) AND #store = :belongsTo';
  return {
    ConditionExpression: revision === 1 ? `(${isIt}) OR (${isFirstLayout})` : isIt,
    ExpressionAttributeNames: {
      ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ...(revision === 1 && { '#store': 'store' }),
    },
    ExpressionAttributeValues: Object.fromEntries(Object.entries(terms).map(([name, value]) => [`:${name}`, value])),
  };
}

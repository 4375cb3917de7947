import type { Credential } from '#access/credential.ts';
import type { Issuer } from '#access/issuer.ts';
import { DEFAULT_STORE, isStoreId, type Store, type StoreId, UNCHANGED_DEFAULT_STORE } from '#access/store.ts';
import { type Item, type ItemKey, keyOf, textOf } from '#storage/dynamodb/attributes.ts';
import { AuditChain, type AuditChainOptions } from '#storage/dynamodb/audit/audit-chain.ts';
import { readItems } from '#storage/dynamodb/batch.ts';
import { sortKeyOf } from '#storage/dynamodb/registry/cursor.ts';
import { readItem } from '#storage/dynamodb/registry/read-item.ts';
import { beginningOf, type List, readPage } from '#storage/dynamodb/registry/read-page.ts';
import { readRange } from '#storage/dynamodb/registry/read-range.ts';
import { replyWrite, writesOf } from '#storage/dynamodb/registry/registry-changes.ts';
import { isExpired } from '#storage/dynamodb/registry/registry-item.ts';
import {
  credentialKey,
  credentialsOf,
  ISSUER_IDS,
  issuerKey,
  issuerPointerKey,
  registeredSecretsKey,
  replyKey,
  STORES,
  usageKey,
} from '#storage/dynamodb/registry/registry-keys.ts';
import { DynamoDbRegistryReader } from '#storage/dynamodb/registry/registry-reader.ts';
import {
  credentialOf,
  issuerOf,
  pointedAtBy,
  registeredSecretsOf,
  replyOf,
  storeOf,
} from '#storage/dynamodb/registry/registry-values.ts';
import { obeysKeyRule } from '#storage/given-credential.ts';
import type { Page, PageRequest } from '#storage/paging.ts';
import type { CommitOutcome, RegisteredSecrets, Registry, RegistryCommit, RememberedReply } from '#storage/registry.ts';

/** Of several reasons why nothing was changed the first of these is told: a request that was carried out has its reply. */
const REFUSALS = ['remembered', 'exists', 'changed'] as const;

/** Values with an item of their own each, which pointers list. */
interface Listing<Value> {
  readonly list: List;
  readonly keyOfValue: (name: string) => ItemKey;
  readonly valueOf: (item: Item) => Value;
  /** Whether the pointer is that of the value: one that was left behind may lead to what is elsewhere by now. */
  readonly isIn: (value: Value, pointer: ItemKey) => boolean;
}

/** The Registry table as the management of the deployment sees it. */
export class DynamoDbRegistry extends DynamoDbRegistryReader implements Registry {
  readonly #place: AuditChainOptions;
  readonly #chain: AuditChain;

  constructor(place: AuditChainOptions) {
    super(place.client, place.tableName);
    this.#place = place;
    this.#chain = new AuditChain(place);
  }

  async stores({ limit, after }: PageRequest): Promise<Page<Store>> {
    const begin = after === undefined ? undefined : sortKeyOf(after, isStoreId);
    const items = await readRange(this.#place, { partition: STORES, after: begin, count: limit + 1 });
    return beginningOf(withDefaultStore(items.map(storeOf), begin), limit, ({ id }) => id);
  }

  credentials(store: StoreId, page: PageRequest): Promise<Page<Credential>> {
    return this.#listed(page, {
      list: { partition: credentialsOf(store), isSortKey: obeysKeyRule },
      keyOfValue: credentialKey,
      valueOf: credentialOf,
      isIn: (credential) => credential.store === store,
    });
  }

  async lastUsed(store: StoreId, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const keyByPartition = new Map(keys.map((key) => [usageKey(store, key).pk, key]));
    const items = await this.#read([...new Set(keys)].map((key) => usageKey(store, key)));
    const now = this.#place.now();
    const current = items.filter((item) => !('ttl' in item && isExpired(item, now)));
    return new Map(current.map((item) => [keyByPartition.get(keyOf(item).pk) ?? '', textOf(item, 'day')]));
  }

  async registeredSecrets(key: string): Promise<RegisteredSecrets | undefined> {
    const item = await readItem(this.#place, registeredSecretsKey(key));
    return item && registeredSecretsOf(item);
  }

  async issuer(id: string): Promise<Issuer | undefined> {
    const pointer = await readItem(this.#place, issuerPointerKey(id));
    const issuer = pointer && (await this.issuerNamed(pointedAtBy(pointer)));
    return issuer?.id === id ? issuer : undefined;
  }

  issuers(page: PageRequest): Promise<Page<Issuer>> {
    return this.#listed(page, {
      list: { partition: ISSUER_IDS, isSortKey: isStoreId },
      keyOfValue: issuerKey,
      valueOf: issuerOf,
      isIn: (issuer, { sk }) => issuerPointerKey(issuer.id).sk === sk,
    });
  }

  async remembered(principal: string, idempotencyKey: string): Promise<RememberedReply | undefined> {
    const item = await readItem(this.#place, replyKey(principal, idempotencyKey));
    return item === undefined || isExpired(item, this.#place.now()) ? undefined : replyOf(item);
  }

  async commit({ changes, audit, remember }: RegistryCommit): Promise<CommitOutcome> {
    const { tableName, now } = this.#place;
    const changing = changes.flatMap((change) => writesOf(tableName, change));
    const writes = remember === undefined ? changing : [...changing, replyWrite(tableName, remember, now())];
    const transacted = writes.map(({ write }) => write);
    const result = await this.#chain.append(audit, transacted);
    if ('record' in result) return 'done';
    const refusals = new Set(result.refused.map((index) => writes[index]?.refusal));
    return REFUSALS.find((refusal) => refusals.has(refusal)) ?? 'changed';
  }

  /** A page of values, in the order in which pointers list them; without those whose pointers lead nowhere. */
  async #listed<Value>(page: PageRequest, { list, keyOfValue, valueOf, isIn }: Listing<Value>): Promise<Page<Value>> {
    const { items: pointers, ...next } = await readPage(this.#place, list, page);
    const keys = pointers.map((pointer) => keyOfValue(pointedAtBy(pointer)));
    const distinct = new Map(keys.map((key) => [nameOf(key), key]));
    const items = new Map((await this.#read([...distinct.values()])).map((item) => [nameOf(keyOf(item)), item]));
    const values = pointers.flatMap((pointer, index) => {
      const key = keys[index];
      const item = key && items.get(nameOf(key));
      const value = item && valueOf(item);
      return value !== undefined && isIn(value, keyOf(pointer)) ? [value] : [];
    });
    return { items: values, ...next };
  }

  #read(keys: readonly ItemKey[]): Promise<readonly Item[]> {
    return readItems(this.#place.client, this.#place.tableName, keys);
  }
}

/** Of an item, for comparisons. */
function nameOf({ pk, sk }: ItemKey): string {
  return `${pk}\n${sk}`;
}

/** The default store is there though no item may be. @param after the id behind which the stores were read */
function withDefaultStore(stores: readonly Store[], after = ''): readonly Store[] {
  if (DEFAULT_STORE <= after || stores.some(({ id }) => id === DEFAULT_STORE)) return stores;
  return [...stores, UNCHANGED_DEFAULT_STORE].sort((a, b) => (a.id < b.id ? -1 : 1));
}

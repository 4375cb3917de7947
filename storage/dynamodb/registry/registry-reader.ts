import type { Credential } from '#access/credential.ts';
import type { Issuer } from '#access/issuer.ts';
import { DEFAULT_STORE, type Store, type StoreId, UNCHANGED_DEFAULT_STORE } from '#access/store.ts';
import type { CredentialStore } from '#storage/credential-store.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { readItem, type RegistryPlace } from '#storage/dynamodb/registry/read-item.ts';
import { credentialKey, issuerKey, storeKey } from '#storage/dynamodb/registry/registry-keys.ts';
import { credentialOf, issuerOf, storeOf } from '#storage/dynamodb/registry/registry-values.ts';
import type { IssuerSource, StoreSource } from '#storage/registry.ts';

/** What authentication asks the Registry table for: each by one request, strongly consistent. */
export class DynamoDbRegistryReader implements CredentialStore, StoreSource, IssuerSource {
  readonly #place: RegistryPlace;

  constructor(client: DynamoDb, tableName: string) {
    this.#place = { client, tableName };
  }

  async get(key: string): Promise<Credential | undefined> {
    const item = await readItem(this.#place, credentialKey(key));
    return item && credentialOf(item);
  }

  async store(id: StoreId): Promise<Store | undefined> {
    const item = await readItem(this.#place, storeKey(id));
    if (item !== undefined) return storeOf(item);
    return id === DEFAULT_STORE ? UNCHANGED_DEFAULT_STORE : undefined;
  }

  async issuerNamed(issuer: string): Promise<Issuer | undefined> {
    const item = await readItem(this.#place, issuerKey(issuer));
    return item && issuerOf(item);
  }
}

import type { Credential } from '#access/credential.ts';
import type { Issuer } from '#access/issuer.ts';
import type { Store } from '#access/store.ts';
import { type Item, textOf } from '#storage/dynamodb/attributes.ts';
import { firstLayoutCredentialOf } from '#storage/dynamodb/registry/first-layout.ts';
import type { RegisteredSecrets, RememberedReply } from '#storage/registry.ts';

/* The values of items, by what kind of item it is. */

export function storeOf(item: Item): Store {
  const store: Store = JSON.parse(textOf(item, 'value'));
  return store;
}

export function credentialOf(item: Item): Credential {
  if (!('value' in item)) return firstLayoutCredentialOf(item);
  const credential: Credential = JSON.parse(textOf(item, 'value'));
  return credential;
}

export function registeredSecretsOf(item: Item): RegisteredSecrets {
  const registered: RegisteredSecrets = JSON.parse(textOf(item, 'value'));
  return registered;
}

export function issuerOf(item: Item): Issuer {
  const issuer: Issuer = JSON.parse(textOf(item, 'value'));
  return issuer;
}

/** Of an item that lists a value. @returns what the value is found by: the key of a credential, the name of an issuer */
export function pointedAtBy(item: Item): string {
  const name: string = JSON.parse(textOf(item, 'value'));
  return name;
}

export function replyOf(item: Item): RememberedReply {
  const reply: RememberedReply = JSON.parse(textOf(item, 'value'));
  return reply;
}

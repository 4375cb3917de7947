import type { Credential } from '#access/credential.ts';
import { putItems } from '#storage/dynamodb/batch.ts';
import { credentialItems } from '#storage/dynamodb/registry/registry-changes.ts';
import type { FreshTables } from '#test/support/engine.ts';

/** Puts credentials into the Registry as they are, in the place of those with the same keys, and audits nothing. */
export async function storeCredentials(
  { client, names }: Pick<FreshTables, 'client'> & { readonly names: { readonly registry: string } },
  ...credentials: readonly Credential[]
): Promise<void> {
  await putItems(client, names.registry, credentials.flatMap(credentialItems));
}

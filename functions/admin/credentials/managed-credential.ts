import type { Credential } from '#access/credential.ts';
import { managesStore } from '#access/management.ts';
import type { Principal } from '#access/principal.ts';
import { notFound } from '#functions/admin/api/refusals.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';

/** @throws XapiError `resource-not-found`, also of a credential of a store that the principal does not manage */
export async function managedCredential(
  { registry }: Pick<AdminDeps, 'registry'>,
  principal: Principal,
  key: string,
): Promise<Credential> {
  const credential = await registry.get(key);
  if (credential !== undefined && managesStore(principal, credential.store)) return credential;
  throw notFound('There is no such credential.', key);
}

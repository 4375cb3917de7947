import type { Credential } from '#access/credential.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';

/** @returns the day, `YYYY-MM-DD`; undefined when the credential was never used. */
export async function lastUsed(
  { registry }: Pick<AdminDeps, 'registry'>,
  { store, key }: Pick<Credential, 'store' | 'key'>,
): Promise<string | undefined> {
  return (await registry.lastUsed(store, [key])).get(key);
}

import type { Credential } from '#access/credential.ts';

/** What authentication needs. */
export interface CredentialStore {
  get(key: string): Promise<Credential | undefined>;
}

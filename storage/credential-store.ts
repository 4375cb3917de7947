import type { Credential } from '#access/credential.ts';

/** What authentication needs. */
export interface CredentialStore {
  get(key: string): Promise<Credential | undefined>;
}

/** What registers credentials that were made elsewhere: the first one of a deployment. */
export interface CredentialRegistry extends CredentialStore {
  /** Adds it, or replaces the one with the same key. */
  put(credential: Credential): Promise<void>;
}

import type { AuditEvent } from '#access/audit-record.ts';
import type { Credential, SecretProof } from '#access/credential.ts';
import type { Issuer } from '#access/issuer.ts';
import type { Job, JobRef } from '#access/job.ts';
import type { Store, StoreId } from '#access/store.ts';
import type { CredentialStore } from '#storage/credential-store.ts';
import type { Page, PageRequest } from '#storage/paging.ts';
import type { PublishedKeys } from '#storage/signing-keys.ts';

/** What authentication asks for settings of stores. */
export interface StoreSource {
  store(id: StoreId): Promise<Store | undefined>;
}

/** What authentication asks for other issuers, by the claim `iss`. */
export interface IssuerSource {
  issuerNamed(issuer: string): Promise<Issuer | undefined>;
}

/** Which secrets were ever registered for a key, whatever became of its credential since: see `registerCredential`. */
export interface RegisteredSecrets {
  readonly key: string;
  /** The newest first. */
  readonly secrets: readonly SecretProof[];
  readonly revision: number;
}

/**
 * Which values are to be there, in which revision; a `put` of revision 1 is new, one of a higher takes the place of the one
 * before. A credential never moves to another store, and an issuer keeps its `issuer` and its `id`: what would change them
 * is answered with `changed`, and so is what is about one that was deleted and made again since: see `incarnationOf`.
 */
export type RegistryChange =
  | { readonly kind: 'store'; readonly put: Store }
  | { readonly kind: 'credential'; readonly put: Credential }
  | { readonly kind: 'credential'; readonly delete: Credential }
  | { readonly kind: 'registered-secrets'; readonly put: RegisteredSecrets }
  | { readonly kind: 'issuer'; readonly put: Issuer }
  | { readonly kind: 'issuer'; readonly delete: Issuer }
  | { readonly kind: 'signing-keys'; readonly put: PublishedKeys }
  /** One that nobody has begun. */
  | { readonly kind: 'job'; readonly put: Job }
  /** Whatever its state; `changed` when it was cancelled already. @param time milliseconds since 1970 */
  | { readonly kind: 'job'; readonly cancel: JobRef; readonly time: number };

/** The answer to a request that must not be carried out twice, kept for a day. */
export interface RememberedReply {
  /** Who sent the request: see `idempotencyOwner`. */
  readonly principal: string;
  /** As the client gave it. */
  readonly idempotencyKey: string;
  /** Hex: SHA-256 of method, path and body, so that the key is not used for something else. */
  readonly fingerprint: string;
  readonly status: number;
  /** JSON, without any secret. */
  readonly body: string;
  /** Milliseconds since 1970 from which it may be forgotten. */
  readonly expires: number;
}

export interface RegistryCommit {
  /** At most 48, each of another value. */
  readonly changes: readonly RegistryChange[];
  /** Goes into its chain together with the changes, or not at all. */
  readonly audit: AuditEvent;
  readonly remember?: RememberedReply;
}

/**
 * `exists`: what is new there already, or another issuer of that name; `changed`: what was to be replaced or deleted is
 * not there in that revision; `remembered`: there is a reply for the key by now. Nothing was changed.
 */
export type CommitOutcome = 'done' | 'exists' | 'changed' | 'remembered';

/** Stores, credentials and issuers: what the management of the deployment reads and changes. Always up to date. */
export interface Registry extends CredentialStore, StoreSource, IssuerSource {
  /** In ascending order of their ids; the default store is there from the beginning. */
  stores(page: PageRequest): Promise<Page<Store>>;
  /** In ascending order of their keys, by their bytes in UTF-8. */
  credentials(store: StoreId, page: PageRequest): Promise<Page<Credential>>;
  /** The day of the last use, `YYYY-MM-DD`, of each of these credentials that was ever used. */
  lastUsed(store: StoreId, keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  registeredSecrets(key: string): Promise<RegisteredSecrets | undefined>;
  issuer(id: string): Promise<Issuer | undefined>;
  /** In ascending order of their ids. */
  issuers(page: PageRequest): Promise<Page<Issuer>>;
  remembered(principal: string, idempotencyKey: string): Promise<RememberedReply | undefined>;
  /** @throws XapiError `overloaded` when others were always faster, or when the outcome is not known. */
  commit(commit: RegistryCommit): Promise<CommitOutcome>;
}

import type { ManagementDeps } from '#http/management.ts';
import type { AuditLog } from '#storage/audit-log.ts';
import type { FunctionCaller } from '#storage/function-caller.ts';
import type { JobStore } from '#storage/job-store.ts';
import type { ObjectLinks } from '#storage/object-links.ts';
import type { ObjectStore } from '#storage/object-store.ts';
import type { Registry } from '#storage/registry.ts';
import type { PublishedKeysSource } from '#storage/signing-keys.ts';
import type { TicketStore } from '#storage/ticket-store.ts';
import type { IssuerHosts } from '#tokens/issuer-fetch.ts';
import type { MintDeps } from '#tokens/mint-token.ts';
import type { SigningKeys } from '#tokens/signing-keys.ts';

export interface AdminDeps extends ManagementDeps, MintDeps {
  readonly registry: Registry;
  readonly auditLog: AuditLog;
  readonly tickets: TicketStore;
  readonly publishedKeys: PublishedKeysSource;
  readonly signingKeys: Pick<SigningKeys, 'rotation'>;
  readonly jobs: Pick<JobStore, 'get' | 'list' | 'countOpen'>;
  /** Carries out jobs. */
  readonly jobCaller: FunctionCaller;
  /** Of the bucket for exports. */
  readonly exportObjects: Pick<ObjectStore, 'get' | 'list'>;
  readonly exportLinks: ObjectLinks;
  /** Unguessable bytes. */
  readonly random: (bytes: number) => Buffer;
  /** URL that the deployment is known by: of the accounts that new credentials get as their authority, and of fetch URLs. */
  readonly homePage: string;
  readonly issuerHosts: IssuerHosts;
  /** The description of this API. */
  readonly openApi: object;
}

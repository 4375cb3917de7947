import type { ManagementDeps } from '#http/management.ts';
import type { AuditLog } from '#storage/audit-log.ts';
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
  /** Unguessable bytes. */
  readonly random: (bytes: number) => Buffer;
  /** URL that the deployment is known by: of the accounts that new credentials get as their authority, and of fetch URLs. */
  readonly homePage: string;
  readonly issuerHosts: IssuerHosts;
  /** The description of this API. */
  readonly openApi: object;
}

import type { AuditEvent, AuditHead, AuditRecord } from '#access/audit-record.ts';
import type { StoreId } from '#access/store.ts';
import type { Page, PageRequest } from '#storage/paging.ts';

/** One chain of records for each store; nothing in it is ever changed, and what is past its retention goes. */
export interface AuditLog {
  /** Adds a record at the end of the chain of its store; durable when it resolves. */
  append(event: AuditEvent): Promise<AuditRecord>;

  /** In the order of the chain, or with `newestFirst` the other way round. */
  list(store: StoreId, page: PageRequest & { readonly newestFirst?: boolean }): Promise<Page<AuditRecord>>;

  /** @returns undefined when the store has no record yet. */
  head(store: StoreId): Promise<AuditHead | undefined>;
}

import type { AuditEvent, AuditHead, AuditRecord } from '#access/audit-record.ts';
import type { StoreId } from '#access/store.ts';
import type { AuditLog } from '#storage/audit-log.ts';
import { AuditChain, type AuditChainOptions } from '#storage/dynamodb/audit/audit-chain.ts';
import { isRecordSortKey, recordOf, recordsOf } from '#storage/dynamodb/audit/audit-item.ts';
import { type List, readPage } from '#storage/dynamodb/registry/read-page.ts';
import { isExpired } from '#storage/dynamodb/registry/registry-item.ts';
import type { Page, PageRequest } from '#storage/paging.ts';

/** The audit in the Registry table. */
export class DynamoDbAuditLog implements AuditLog {
  readonly #place: AuditChainOptions;
  readonly #chain: AuditChain;

  constructor(place: AuditChainOptions) {
    this.#place = place;
    this.#chain = new AuditChain(place);
  }

  async append(event: AuditEvent): Promise<AuditRecord> {
    const result = await this.#chain.append(event);
    if ('record' in result) return result.record;
    throw new Error('A record was refused that nothing else was written with.');
  }

  async list(
    store: StoreId,
    { newestFirst = false, ...page }: PageRequest & { readonly newestFirst?: boolean },
  ): Promise<Page<AuditRecord>> {
    const now = this.#place.now();
    const list: List = {
      partition: recordsOf(store),
      isSortKey: isRecordSortKey,
      descending: newestFirst,
      isListed: (item) => !isExpired(item, now),
    };
    const { items, ...next } = await readPage(this.#place, list, page);
    return { items: items.map(recordOf), ...next };
  }

  async head(store: StoreId): Promise<AuditHead | undefined> {
    const head = await this.#chain.head(store);
    return head && { sequence: head.sequence, hash: head.hash };
  }
}

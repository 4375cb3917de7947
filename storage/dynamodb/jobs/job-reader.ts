import { isJobId, type Job, type JobKind, type JobRef } from '#access/job.ts';
import type { StoreId } from '#access/store.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import type { Item } from '#storage/dynamodb/attributes.ts';
import { jobKey, jobOf, jobRefOf, jobsOf, OPEN_JOBS, openJobsBefore } from '#storage/dynamodb/jobs/job-item.ts';
import { readItem } from '#storage/dynamodb/registry/read-item.ts';
import { readPage } from '#storage/dynamodb/registry/read-page.ts';
import { readRange } from '#storage/dynamodb/registry/read-range.ts';
import { isExpired } from '#storage/dynamodb/registry/registry-item.ts';
import type { JobStore } from '#storage/job-store.ts';
import type { Page, PageRequest } from '#storage/paging.ts';

export interface JobStoreOptions {
  readonly client: DynamoDb;
  /** Of the Registry. */
  readonly tableName: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Jobs in the Registry table, for who looks at them. */
export class DynamoDbJobReader implements Pick<JobStore, 'get' | 'list' | 'countOpen'> {
  readonly #place: JobStoreOptions;

  constructor(options: JobStoreOptions) {
    this.#place = options;
  }

  async get(ref: JobRef): Promise<Job | undefined> {
    const item = await readItem(this.#place, jobKey(ref));
    return item !== undefined && this.#isKept(item) ? jobOf(item) : undefined;
  }

  async list(store: StoreId, kind: JobKind, page: PageRequest): Promise<Page<Job>> {
    const isListed = (item: Item): boolean => this.#isKept(item) && jobOf(item).task.kind === kind;
    const list = { partition: jobsOf(store), descending: true, isListed, isSortKey: isJobId };
    const { items, ...next } = await readPage(this.#place, list, page);
    return { items: items.map(jobOf), ...next };
  }

  async countOpen(store: StoreId, most: number): Promise<number> {
    const found = await readRange(this.#place, { partition: OPEN_JOBS, after: openJobsBefore(store), count: most });
    return found.filter((item) => jobRefOf(item).store === store).length;
  }

  #isKept(item: Item): boolean {
    return !('ttl' in item && isExpired(item, this.#place.now()));
  }
}

import type { AuditRecord } from '#access/audit-record.ts';
import type { Issuer } from '#access/issuer.ts';
import type { Store } from '#access/store.ts';
import { verifyChain, verifyEnd } from '#access/verify-chain.ts';
import type { AuditLog } from '#storage/audit-log.ts';
import type { Page, PageRequest } from '#storage/paging.ts';

/** A store, with what a test is about in its place. */
export function aStore(overrides: Partial<Store> = {}): Store {
  return { id: 'store', name: 'A store', settings: {}, created: 0, createdBy: 'first', revision: 1, ...overrides };
}

/** An issuer, with what a test is about in its place. */
export function anIssuer(overrides: Partial<Issuer> = {}): Issuer {
  const id = overrides.id ?? 'issuer';
  return {
    id,
    issuer: `https://${id}.example.com`,
    audiences: ['lrs'],
    scopes: ['all'],
    store: 'default',
    disabled: false,
    linkSecret: '00'.repeat(32),
    created: 0,
    createdBy: 'first',
    revision: 1,
    ...overrides,
  };
}

/** All of a list, page by page, and whether each page but the last is full. */
export async function allOf<Value>(
  list: (page: PageRequest) => Promise<Page<Value>>,
  limit: number,
): Promise<readonly Value[]> {
  const values: Value[] = [];
  for (let page = await list({ limit }); ; page = await list({ limit, after: page.next })) {
    values.push(...page.items);
    if (page.items.length > limit) throw new Error(`A page of ${limit} has ${page.items.length} items.`);
    if (page.next === undefined) return values;
  }
}

/** The whole chain of a store. @throws Error when it is broken, or does not begin with the first record. */
export async function unbrokenChain(audit: AuditLog, store: string): Promise<readonly AuditRecord[]> {
  const records = await allOf((page) => audit.list(store, page), 100);
  const noted = await audit.head(store);
  const broken = verifyEnd(verifyChain(records, { now: Date.now(), ...(noted && { noted }) }));
  if (broken !== undefined) throw new Error(`Record ${broken.sequence} is ${broken.fault}.`);
  if (records.length > 0 && records[0]?.sequence !== 1) throw new Error('The first record is not there.');
  if (noted !== undefined && noted.sequence !== records.length) throw new Error('The head is not at the end.');
  return records;
}

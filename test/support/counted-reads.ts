import type { StatementPage, StatementStore } from '#storage/statement-store.ts';
import type { Interceptor } from '#test/support/faulty-client.ts';
import type { OpenOptions, StatementStores } from '#test/support/statement-stores.ts';
import type { Walk } from '#test/support/statement-walk.ts';

/** What reading took: requests, and items of the table and its indexes that they brought. */
export interface Reads {
  readonly calls: number;
  readonly items: number;
}

/** A store as it is deployed, where others write, too; and what is read through it from then on. */
export function countedReads(
  stores: StatementStores,
  options?: OpenOptions,
): { readonly statements: StatementStore; readonly reads: Reads } {
  const reads = { calls: 0, items: 0 };
  const count: Interceptor = async (_, send) => {
    const output = await send();
    reads.calls += 1;
    reads.items += itemsIn(output);
    return output;
  };
  const statements = stores.openIntercepted(count, { isOnlyWriter: false, ...options });
  return { statements, reads };
}

/** One page, and what it takes. */
export async function readPage(
  stores: StatementStores,
  query: Walk & { readonly after?: string },
): Promise<Reads & { readonly page: StatementPage }> {
  const { statements, reads } = countedReads(stores);
  const usual = { store: 'default', filters: {}, ascending: false, limit: 50, maxBytes: 10_000_000 };
  const page = await statements.query({ ...usual, ...query });
  return { page, ...reads };
}

function itemsIn(output: unknown): number {
  if (typeof output !== 'object' || output === null) return 0;
  const items: unknown = Reflect.get(output, 'Items');
  if (Array.isArray(items)) return items.length;
  const responses: unknown = Reflect.get(output, 'Responses');
  const lists = typeof responses === 'object' && responses !== null ? Object.values(responses) : [];
  return lists.reduce((sum: number, list: unknown) => sum + (Array.isArray(list) ? list.length : 0), 0);
}

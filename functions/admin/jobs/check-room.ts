import type { StoreId } from '#access/store.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';
import { XapiError } from '#xapi/errors.ts';

/** Jobs that a store may have for which something is left to do: each takes a worker, and workers are for all stores. */
const MOST_OPEN = 20;
/** Seconds. */
const RETRY_AFTER = 60;

/** @throws XapiError `too-many-requests` when a store has as many jobs under way as it may */
export async function checkRoom({ jobs }: Pick<AdminDeps, 'jobs'>, store: StoreId): Promise<void> {
  if ((await jobs.countOpen(store, MOST_OPEN)) < MOST_OPEN) return;
  throw new XapiError(
    {
      code: 'too-many-requests',
      message: `${MOST_OPEN} exports and backfills of the store are under way. Wait until one has ended, or cancel one.`,
      expected: `fewer than ${MOST_OPEN} at once`,
    },
    { retryAfter: RETRY_AFTER },
  );
}

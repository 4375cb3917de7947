import { eventOf } from '#functions/jobs/job-event.ts';
import type { JobsDeps } from '#functions/jobs/deps.ts';
import { stackOf } from '#runtime/stack-of.ts';

/** Jobs that are read at once. */
const PAGE = 100;

export interface Sweep {
  /** Jobs that were called for; of those that somebody is at nothing comes. */
  called: number;
  failed: number;
}

/** Has every job carried out for which something is left to do: who was at it may have died. */
export async function sweep({ jobs, self, logger }: JobsDeps): Promise<Sweep> {
  const swept: Sweep = { called: 0, failed: 0 };
  let after: string | undefined;
  do {
    const page = await jobs.listOpen({ limit: PAGE, ...(after !== undefined && { after }) });
    for (const ref of page.items) {
      try {
        await self.call(eventOf(ref));
        swept.called += 1;
      } catch (error) {
        swept.failed += 1;
        logger.error('job not called', { store: ref.store, job: ref.id, stack: stackOf(error) });
      }
    }
    after = page.next;
  } while (after !== undefined);
  return swept;
}

import type { JobsDeps } from '#functions/jobs/deps.ts';

/** Milliseconds between two looks at what is consistent. */
const LOOK = 250;

/** Waits until nothing can be added any more that is stored at or before a time. @param time milliseconds since 1970 */
export async function untilConsistent(
  { statements, sleep }: Pick<JobsDeps, 'statements' | 'sleep'>,
  time: number,
): Promise<void> {
  while (statements.consistentThrough() < time) await sleep(LOOK);
}

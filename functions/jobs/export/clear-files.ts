import type { JobRef } from '#access/job.ts';
import type { Pace } from '#functions/jobs/chunk.ts';
import type { JobsDeps } from '#functions/jobs/deps.ts';
import { forEachBounded } from '#storage/bounded.ts';
import { exportFolder } from '#storage/export-files.ts';

/** Files that are listed before they are deleted, and deleted at once. */
const LISTED = 1_000;
const DELETED = 16;

/** Deletes what an export has written. */
export async function clearFiles({ objects }: Pick<JobsDeps, 'objects'>, ref: JobRef, pace: Pace): Promise<void> {
  let keys: string[] = [];
  const deleteListed = async (): Promise<void> => {
    await forEachBounded(keys, DELETED, (key) => objects.delete(key));
    keys = [];
    await pace.beat();
  };
  for await (const { key } of objects.list(exportFolder(ref))) {
    keys.push(key);
    if (keys.length === LISTED) await deleteListed();
  }
  await deleteListed();
}

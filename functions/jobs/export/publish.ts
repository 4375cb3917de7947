import type { Pace } from '#functions/jobs/chunk.ts';
import type { ObjectStore } from '#storage/object-store.ts';

/**
 * Writes a file in the place of what a worker has left there that died before it saved. Who was slow and has lost the job
 * writes over nothing: it is known what was there before it was known that nobody else had the job, so whatever a later
 * worker has written since is something else.
 *
 * @throws Interrupted
 */
export async function publish(
  objects: ObjectStore,
  key: string,
  content: Uint8Array,
  pace: Pick<Pace, 'renew'>,
): Promise<void> {
  for (;;) {
    const seen = await objects.get(key);
    await pace.renew();
    if (await objects.replace(key, content, seen?.etag)) return;
  }
}

import type { StoreId } from '#access/store.ts';
import type { JobsDeps } from '#functions/jobs/deps.ts';
import { dayOf } from '#lake/files/layout.ts';
import type { LakeStatement } from '#lake/rows/row.ts';
import { voidedBy } from '#xapi/statement/voiding.ts';

/**
 * Marks what these statements have voided, so that a voiding reaches the lake even when the record that told of it was
 * lost: the rows were there before, and a store that is read says nothing of what is voided.
 */
export async function markVoided(
  { statements, marks }: Pick<JobsDeps, 'statements' | 'marks'>,
  store: StoreId,
  lot: readonly LakeStatement[],
): Promise<void> {
  const positions: string[] = [];
  for (const { value } of lot) {
    const target = voidedBy(value);
    const found = target === undefined ? undefined : await statements.get(store, target);
    if (found?.voided === true) positions.push(found.at);
  }
  for (const [day, ofDay] of Map.groupBy(positions, dayOf)) await marks.add({ store, day }, ofDay);
}

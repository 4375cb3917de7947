import type { StoreId } from '#access/store.ts';
import { readStatement } from '#lake/rows/read-statement.ts';
import type { LakeStatement } from '#lake/rows/row.ts';
import { weightOf } from '#lake/rows/weight.ts';
import type { StatementChange, StatementChanges } from '#storage/statement-changes.ts';

/** By `weightOf`. What a batch of a few megabytes holds may be gigabytes once it is decompressed. */
const LOT_SIZE = 8 * 1024 * 1024;

/** As many of the first changes as are brought in at once. */
export interface Lot {
  readonly size: number;
  readonly stored: readonly (LakeStatement & { readonly store: StoreId })[];
  readonly gone: readonly StatementChange[];
}

/** @param changes one at least */
export async function readLot(source: StatementChanges, changes: readonly StatementChange[]): Promise<Lot> {
  const stored: (LakeStatement & { readonly store: StoreId })[] = [];
  const gone: StatementChange[] = [];
  let size = 0;
  let weight = 0;
  for (const change of changes) {
    if (weight >= LOT_SIZE) break;
    size += 1;
    if (!(await source.isReal(change))) continue;
    if (change.what === 'gone') {
      gone.push(change);
      continue;
    }
    const text = await source.textOf(change);
    const { store, id, position, voided } = change;
    const statement = readStatement({ id, position, text, voided });
    weight += weightOf(statement);
    stored.push({ store, ...statement });
  }
  return { size, stored, gone };
}

import type { StoreId } from '#access/store.ts';
import { readStatement } from '#lake/rows/read-statement.ts';
import type { LakeStatement } from '#lake/rows/row.ts';
import type { StatementChange, StatementChanges } from '#storage/statement-changes.ts';

/**
 * Characters of JSON. What a batch of a few megabytes holds may be gigabytes once it is decompressed, and what is made of
 * statements that name a thousand activities each takes forty times their text.
 */
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
  let length = 0;
  for (const change of changes) {
    if (length >= LOT_SIZE) break;
    size += 1;
    if (!(await source.isReal(change))) continue;
    if (change.what === 'gone') {
      gone.push(change);
      continue;
    }
    const text = await source.textOf(change);
    length += text.length;
    const { store, id, position, voided } = change;
    stored.push({ store, ...readStatement({ id, position, text, voided }) });
  }
  return { size, stored, gone };
}

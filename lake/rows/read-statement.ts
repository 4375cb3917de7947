import type { LakeStatement } from '#lake/rows/row.ts';
import type { Statement } from '#xapi/statement/statement.ts';

/** Reads what the text says, with numbers as doubles, which is what columns hold: `raw` has them as they were written. */
export function readStatement(stored: Omit<LakeStatement, 'value'>): LakeStatement {
  // It was validated before it was stored.
  const value: Statement = JSON.parse(stored.text);
  return { ...stored, value };
}

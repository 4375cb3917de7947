import type { LakeStatement } from '#lake/rows/row.ts';
import type { Statement } from '#xapi/statement/statement.ts';

/** Characters of a statement whose extensions are worth the time that it takes to leave them out. */
const LARGE = 64 * 1024;

/**
 * Reads what the text says, with numbers as doubles, which is what columns hold: `raw` has them as they were written. Of
 * a large statement the extensions are left out: they may take twenty times the memory of their text, and no column has
 * them.
 */
export function readStatement(stored: Omit<LakeStatement, 'value'>): LakeStatement {
  // It was validated before it was stored.
  const value: Statement = JSON.parse(stored.text);
  if (stored.text.length > LARGE) dropExtensions(value);
  return { ...stored, value };
}

function dropExtensions(value: object): void {
  if ('extensions' in value) delete value.extensions;
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null) dropExtensions(member);
  }
}

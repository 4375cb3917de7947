import type { PackedStatement } from '#storage/dynamodb/statements/pack-item.ts';
import type { Candidate } from '#storage/dynamodb/statements/pointer-source.ts';
import type { StatementRow } from '#storage/dynamodb/statements/statement-item.ts';

/** A statement as a pack has it. @returns undefined when its own item has to be asked */
export function packedRow({ id, at, journal, body: packedBody }: PackedStatement): StatementRow | undefined {
  if (packedBody === undefined) return undefined;
  return {
    id,
    at,
    journal,
    packedBody,
    body: undefined,
    blob: undefined,
    voiding: false,
    voidedBy: undefined,
    waiting: undefined,
  };
}

/** A statement that a pack leads to, with its row, if the pack has that. */
export function packedCandidate(statement: PackedStatement): Candidate {
  const { at, id, places } = statement;
  const row = packedRow(statement);
  return row === undefined ? { at, id } : { at, id, row, places };
}

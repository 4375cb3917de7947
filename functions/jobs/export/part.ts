import type { StoredStatement } from '#xapi/statement/statement.ts';

/** A file of statements while it is written. */
export interface Part {
  /** Of the statements that are in it, as JSON. */
  readonly bytes: number;
  readonly statements: number;
  /** @param texts the statements in the format that was asked for, as JSON */
  add(statements: readonly StoredStatement[], texts: readonly string[]): Promise<void>;
  /** @returns the whole file; valid also when nothing was added. */
  end(): Promise<Uint8Array>;
}

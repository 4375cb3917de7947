import type { STATEMENT_COLUMNS } from '#lake/columns.ts';
import type { ActorKeys } from '#lake/rows/actor-keys.ts';
import type { RowOf } from '#lake/rows/cell.ts';
import type { LanguagePreference } from '#lake/rows/display-text.ts';
import type { Statement } from '#xapi/statement/statement.ts';

/** A row of the table `statements`. */
export type StatementRow = RowOf<typeof STATEMENT_COLUMNS>;

/** A statement as it is stored. */
export interface LakeStatement {
  /** In lower case. */
  readonly id: string;
  /** By `storage/position.ts`. */
  readonly position: string;
  /** In the format `exact`, as JSON. */
  readonly text: string;
  /** What the text says. */
  readonly value: Statement;
  readonly voided: boolean;
}

/** What rows depend on besides their statements: the same for all rows of a store. */
export interface RowContext {
  readonly keys: ActorKeys;
  readonly languages: LanguagePreference;
}

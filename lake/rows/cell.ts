import type { ATTACHMENT_FIELDS, Column } from '#lake/columns.ts';

type FieldCell<Kind> = Kind extends 'integer' ? bigint : string;

/** A struct in the column `attachments`. */
export type AttachmentCell = {
  readonly [Field in (typeof ATTACHMENT_FIELDS)[number] as Field['name']]: FieldCell<Field['kind']> | null;
};

interface Cells {
  readonly text: string;
  /** Finite. */
  readonly number: number;
  readonly integer: bigint;
  readonly boolean: boolean;
  /** Microseconds since 1970. */
  readonly time: bigint;
  readonly texts: readonly string[];
  readonly attachments: readonly AttachmentCell[];
}

type CellOf<One extends Column> = One extends { readonly required: true }
  ? Cells[One['kind']]
  : Cells[One['kind']] | null;

/** A row of a table with these columns. */
export type RowOf<Columns extends readonly Column[]> = {
  readonly [One in Columns[number] as One['name']]: CellOf<One>;
};

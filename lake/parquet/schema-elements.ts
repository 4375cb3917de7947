import type { SchemaElement } from 'hyparquet';
import type { AttachmentField, Column, ColumnKind } from '#lake/columns.ts';

/** The schema of a Parquet file with these columns, as the format wants it: a tree, written from the root on. */
export function schemaElements(
  columns: readonly Column[],
  attachmentFields: readonly AttachmentField[],
): SchemaElement[] {
  return [
    { name: 'statements', num_children: columns.length },
    ...columns.flatMap((column) => elementsOf(column, attachmentFields)),
  ];
}

const TEXT = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const;

/** Instants, not wall clocks: what reads them shows them in its own time zone. */
const TIME = {
  type: 'INT64',
  converted_type: 'TIMESTAMP_MICROS',
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
} as const;

const PRIMITIVES = {
  text: TEXT,
  number: { type: 'DOUBLE' },
  integer: { type: 'INT64' },
  boolean: { type: 'BOOLEAN' },
  time: TIME,
} as const satisfies Partial<Record<ColumnKind, Partial<SchemaElement>>>;

function elementsOf({ name, kind, required }: Column, attachmentFields: readonly AttachmentField[]): SchemaElement[] {
  if (kind === 'texts') return listOf(name, [{ name: 'element', repetition_type: 'OPTIONAL', ...TEXT }]);
  if (kind === 'attachments') {
    return listOf(name, [
      { name: 'element', repetition_type: 'OPTIONAL', num_children: attachmentFields.length },
      ...attachmentFields.map((field): SchemaElement => {
        return { name: field.name, repetition_type: 'OPTIONAL', ...PRIMITIVES[field.kind] };
      }),
    ]);
  }
  return [{ name, repetition_type: required === true ? 'REQUIRED' : 'OPTIONAL', ...PRIMITIVES[kind] }];
}

/** In the three levels that the format wants of lists. */
function listOf(name: string, element: readonly SchemaElement[]): SchemaElement[] {
  return [
    {
      name,
      repetition_type: 'OPTIONAL',
      num_children: 1,
      converted_type: 'LIST',
      logical_type: { type: 'LIST' },
    },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...element,
  ];
}

/** The paths of the columns that have values, as the format names them. */
export function pathsOf([, ...elements]: readonly SchemaElement[]): readonly (readonly string[])[] {
  const paths: string[][] = [];
  /** For every element above: its name, and how many below it are still to come. */
  const above: { readonly name: string; left: number }[] = [];
  for (const { name, num_children: children = 0 } of elements) {
    const parent = above.at(-1);
    if (parent !== undefined) parent.left -= 1;
    if (children > 0) {
      above.push({ name, left: children });
      continue;
    }
    paths.push([...above.map((element) => element.name), name]);
    while (above.at(-1)?.left === 0) above.pop();
  }
  return paths;
}

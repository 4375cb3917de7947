import { describe, expect, it } from 'vitest';
import {
  ATTACHMENT_FIELDS,
  type AttachmentField,
  type Column,
  LAKE_TABLES,
  STATEMENT_COLUMNS,
  withoutPersonal,
} from '#lake/columns.ts';
import { ParquetFile } from '#lake/parquet/parquet-file.ts';
import { inMemory, ParquetReader } from '#lake/parquet/parquet-reader.ts';
import { pathsOf, schemaElements } from '#lake/parquet/schema-elements.ts';

const COLUMNS: readonly Column[] = [
  { name: 'id', kind: 'text', required: true, description: '' },
  { name: 'name', kind: 'text', personal: true, description: '' },
  { name: 'score', kind: 'number', description: '' },
  { name: 'tags', kind: 'texts', description: '' },
  { name: 'attachments', kind: 'attachments', description: '' },
];

/** More than fit a page, so that there are indexes of pages. */
function cells(rows: number, from: number) {
  const numbers = Array.from({ length: rows }, (_, index) => from + index);
  return {
    id: numbers.map((number) => `${number}-`.padEnd(900, String(number % 10))),
    name: numbers.map((number) => (number % 3 === 0 ? null : `Name ${number}`)),
    score: numbers.map((number) => (number % 2 === 0 ? null : number / 7)),
    tags: numbers.map((number) => (number % 5 === 0 ? null : ['a', `b${number}`])),
    attachments: numbers.map((number) =>
      number % 4 === 0
        ? [
            {
              usage_type: 'u',
              content_type: 't',
              length: BigInt(number),
              sha2: 's',
              display: 'private',
              file_url: null,
            },
          ]
        : null,
    ),
  };
}

async function contentOf(file: ParquetFile, columns: readonly Column[]) {
  const bytes = file.finish();
  const reader = await ParquetReader.open(inMemory(bytes));
  const read = await Promise.all(columns.map(async ({ name }) => [name, await reader.column(name)] as const));
  return { bytes, rows: reader.rows, columns: reader.columns, cells: Object.fromEntries(read) };
}

describe('a Parquet file with fewer columns', () => {
  it('has the same rows as one that was written without them', async () => {
    const columns = withoutPersonal<Column>(COLUMNS);
    const whole = new ParquetFile(COLUMNS);
    const direct = new ParquetFile(columns);
    for (const from of [0, 2_000]) {
      whole.addGroup(cells(2_000, from), 2_000);
      direct.addGroup(cells(2_000, from), 2_000);
    }
    const projected = await contentOf(whole.project(columns), columns);
    expect(projected).toEqual(await contentOf(direct, columns));
    expect(projected.rows).toBe(4_000);
    expect(Buffer.from(projected.bytes).includes('private')).toBe(false);
    expect((await contentOf(whole, COLUMNS)).cells).toMatchObject({
      name: [...cells(2_000, 0).name, ...cells(2_000, 2_000).name],
    });
  });

  it('can be made of one without rows', async () => {
    const columns = withoutPersonal<Column>(COLUMNS);
    expect(await contentOf(new ParquetFile(COLUMNS).project(columns), columns)).toMatchObject({ rows: 0 });
  });
});

describe('the paths of a schema', () => {
  it('lead to every column that has values', () => {
    const paths = pathsOf(schemaElements(COLUMNS, ATTACHMENT_FIELDS));
    expect(paths.map((path) => path.join('.'))).toEqual([
      'id',
      'name',
      'score',
      'tags.list.element',
      ...ATTACHMENT_FIELDS.map(({ name }) => `attachments.list.element.${name}`),
    ]);
  });

  it('of the twin are among those of the statements', () => {
    const all = pathsOf(schemaElements(STATEMENT_COLUMNS, ATTACHMENT_FIELDS)).map((path) => path.join('.'));
    const some = pathsOf(
      schemaElements(LAKE_TABLES.pseudonymous.columns, withoutPersonal<AttachmentField>(ATTACHMENT_FIELDS)),
    );
    expect(all).toEqual(expect.arrayContaining(some.map((path) => path.join('.'))));
  });
});

import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ATTACHMENT_FIELDS,
  type AttachmentField,
  type Column,
  type ColumnKind,
  LAKE_TABLES,
  STATEMENT_COLUMNS,
  withoutPersonal,
} from '#lake/columns.ts';
import { cellsOf, type ColumnCells, ParquetFile } from '#lake/parquet/parquet-file.ts';
import { inMemory, ParquetReader } from '#lake/parquet/parquet-reader.ts';
import { openDuck } from '#test/support/duck.ts';
import { readParquet } from '#test/support/lake.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

type Row = Readonly<Record<string, unknown>>;

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', 'a\0b', '\u{1F600}\u{10FFFF}', 'it\'s "quoted"\n', 'n'.repeat(10_000), 'مرحبا'),
);

function attachmentsWith(fields: readonly AttachmentField[]): fc.Arbitrary<unknown> {
  const integers = fc.bigInt({ min: 0n, max: 2n ** 53n - 1n });
  const members = fields.map(({ name, kind }) => [name, fc.option<unknown>(kind === 'text' ? texts : integers)]);
  return fc.array(fc.record(Object.fromEntries(members)), { maxLength: 2 });
}

const CELLS: Readonly<Record<ColumnKind, fc.Arbitrary<unknown>>> = {
  text: texts,
  number: fc.double({ noNaN: true, noDefaultInfinity: true }),
  integer: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  boolean: fc.boolean(),
  // Of the years 1 to 9999.
  time: fc.bigInt({ min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n }),
  texts: fc.array(texts, { maxLength: 3 }),
  attachments: attachmentsWith(ATTACHMENT_FIELDS),
};

function rowsOf(columns: readonly Column[]): fc.Arbitrary<readonly Row[]> {
  const isOpen = columns.every(({ personal }) => personal !== true);
  const kinds = isOpen
    ? { ...CELLS, attachments: attachmentsWith(withoutPersonal<AttachmentField>(ATTACHMENT_FIELDS)) }
    : CELLS;
  const cells = columns.map(({ name, kind, required }) => {
    return [name, required === true ? kinds[kind] : fc.option(kinds[kind])] as const;
  });
  return fc.array(fc.record(Object.fromEntries(cells)), { minLength: 1, maxLength: 20 });
}

function encode(columns: readonly Column[], ...groups: readonly (readonly Row[])[]): Uint8Array {
  const file = new ParquetFile(columns, { note: 'kept' });
  for (const rows of groups) file.addGroup(cellsOf(columns, rows), rows.length);
  return file.finish();
}

async function decode(columns: readonly Column[], content: Uint8Array): Promise<ColumnCells> {
  const reader = await ParquetReader.open(inMemory(content));
  const cells: Record<string, unknown[]> = {};
  for (const { name } of columns) cells[name] = [...(await reader.column(name))];
  return cells;
}

/** A dictionary knows no −0. */
function withoutSigns(value: unknown): unknown {
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map(withoutSigns);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutSigns(member)]));
}

const SELECTED: Partial<Record<ColumnKind, (name: string) => string>> = {
  time: (name) => `epoch_us("${name}")::VARCHAR AS "${name}"`,
};

/** As DuckDB tells what was written: 64 bits as text, and without U+FEFF at the start of a text, which its client for Node loses. */
function asDuckSays(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(withoutSigns(value), (_, member: unknown) => {
      if (typeof member === 'string') return member.replace(/^\uFEFF/u, '');
      return typeof member === 'bigint' ? String(member) : member;
    }),
  );
}

const TABLES = Object.entries(LAKE_TABLES).map(([name, { columns }]) => [name, columns] as const);

describe('a Parquet file of the lake', () => {
  it.each(TABLES)('is read as it was written: %s', async (_, columns) => {
    await fc.assert(
      fc.asyncProperty(rowsOf(columns), fc.nat(20), async (rows, split) => {
        const groups = [rows.slice(0, split), rows.slice(split)].filter((group) => group.length > 0);
        const cells = await decode(columns, encode(columns, ...groups));
        expect(withoutSigns(cells)).toEqual(withoutSigns(cellsOf(columns, rows)));
      }),
      { numRuns: 30 },
    );
  });

  it('keeps a text that begins with U+FEFF', async () => {
    const [[, columns] = ['', []]] = TABLES;
    const rows = fc.sample(rowsOf(columns), { numRuns: 20, seed: 1 }).find(([row]) => row !== undefined) ?? [];
    const marked = rows.map((row) => ({ ...row, raw: '\uFEFF{}' }));
    const cells = await decode(columns, encode(columns, marked));
    expect(cells['raw']).toEqual(marked.map(({ raw }) => raw));

    const path = join(await temporaryFolder(), 'marked.parquet');
    await writeFile(path, encode(columns, marked));
    const duck = await openDuck();
    const bytes = await duck.query(`SELECT hex(encode(raw)) AS hex FROM ${readParquet([path])}`);
    expect(bytes).toEqual(marked.map(() => ({ hex: 'EFBBBF7B7D' })));
    duck.close();
  });

  it.each(TABLES)('is read by DuckDB as it was written: %s', async (_, columns) => {
    const folder = await temporaryFolder();
    const duck = await openDuck();
    const selected = columns.map(({ name, kind }) => SELECTED[kind]?.(name) ?? `"${name}"`).join(', ');
    await fc.assert(
      fc.asyncProperty(rowsOf(columns), async (rows) => {
        // DuckDB may take a file that was written over within a moment for the one that it has read before.
        const path = join(folder, `${randomUUID()}.parquet`);
        await writeFile(path, encode(columns, rows));
        expect(withoutSigns(await duck.query(`SELECT ${selected} FROM ${readParquet([path])}`))).toEqual(
          rows.map(asDuckSays),
        );
      }),
      { numRuns: 20 },
    );
    duck.close();
  });

  it('is written the same again from what was read of it, texts as bytes', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf(STATEMENT_COLUMNS), async (rows) => {
        const content = encode(STATEMENT_COLUMNS, rows);
        const reader = await ParquetReader.open(inMemory(content));
        const cells = {
          ...(await decode(STATEMENT_COLUMNS, content)),
          raw: [...(await reader.column('raw', { bytes: true }))],
        };
        const file = new ParquetFile(STATEMENT_COLUMNS);
        file.addGroup(cells, rows.length);
        const again = await decode(STATEMENT_COLUMNS, file.finish());
        expect(withoutSigns(again)).toEqual(withoutSigns(cellsOf(STATEMENT_COLUMNS, rows)));
      }),
      { numRuns: 20 },
    );
  });

  it('has instants in UTC, lists and structs for whoever asks for its schema', async () => {
    const path = join(await temporaryFolder(), 'rows.parquet');
    await writeFile(
      path,
      encode(STATEMENT_COLUMNS, fc.sample(rowsOf(STATEMENT_COLUMNS), { numRuns: 1, seed: 1 })[0] ?? []),
    );
    const duck = await openDuck();
    const types = await duck.query(`DESCRIBE SELECT * FROM ${readParquet([path])}`);
    duck.close();
    const typeOf = Object.fromEntries(types.map(({ column_name: name, column_type: type }) => [name, type]));
    expect(typeOf).toMatchObject({
      statement_id: 'VARCHAR',
      stored: 'TIMESTAMP WITH TIME ZONE',
      score_raw: 'DOUBLE',
      success: 'BOOLEAN',
      context_parent: 'VARCHAR[]',
      attachments:
        'STRUCT(usage_type VARCHAR, content_type VARCHAR, length BIGINT, sha2 VARCHAR, display VARCHAR, file_url VARCHAR)[]',
    });
  });

  it('replaces lone surrogates, which no UTF-8 has, in texts', async () => {
    const row = { verb_id: 'a\uD800b', display: '\uDC00', last_stored: 0n };
    const { columns } = LAKE_TABLES.verbs;
    expect(await decode(columns, encode(columns, [row]))).toEqual({
      verb_id: ['a\uFFFDb'],
      display: ['\uFFFD'],
      last_stored: [0n],
    });
  });

  it('may have no rows', async () => {
    const reader = await ParquetReader.open(inMemory(encode(STATEMENT_COLUMNS)));
    expect([reader.rows, await reader.column('position')]).toEqual([0, []]);
    expect(reader.columns).toEqual(STATEMENT_COLUMNS.map(({ name }) => name));
  });

  it('carries texts besides its rows, and has null where an older version has no column', async () => {
    const { columns } = LAKE_TABLES.verbs;
    const reader = await ParquetReader.open(
      inMemory(encode(columns, [{ verb_id: 'a:b', display: null, last_stored: 1n }])),
    );
    expect([reader.metadata('note'), reader.metadata('lake.version'), reader.metadata('other')]).toEqual([
      'kept',
      '1',
      undefined,
    ]);
    expect(await reader.column('added_later')).toEqual([null]);
  });

  it('takes a footer and texts of several megabytes', async () => {
    const file = new ParquetFile(LAKE_TABLES.verbs.columns, { note: 'x'.repeat(3_000_000) });
    const display = 'y'.repeat(3_000_000);
    file.addGroup({ verb_id: ['a', 'b'], display: [display, 'z'], last_stored: [1n, 2n] }, 2);
    const reader = await ParquetReader.open(inMemory(file.finish()));
    expect(reader.metadata('note')).toHaveLength(3_000_000);
    expect(await reader.column('display')).toEqual([display, 'z']);
  });
});

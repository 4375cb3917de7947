import { STATEMENT_COLUMNS } from '#lake/columns.ts';
import type { RowGroup } from '#lake/files/statement-file.ts';
import type { ParquetReader } from '#lake/parquet/parquet-reader.ts';

/** Rows of one group: few enough to be read at once, enough to be compressed well. */
const GROUP_ROWS = 50_000;

/** What becomes of the rows of several files. */
export interface MergedRows {
  readonly rows: number;
  /** Bytes of their statements as JSON. */
  readonly rawBytes: number;
  /** In ascending order. */
  readonly positions: readonly string[];
  /** Sorted by actor, then time. */
  readonly groups: Generator<RowGroup>;
}

/** Puts the rows of files together, each statement once, without those that are voided or have to go. */
export async function mergeRows(files: readonly ParquetReader[], removed: ReadonlySet<string>): Promise<MergedRows> {
  const columns: Record<string, readonly unknown[]> = {};
  for (const { name } of STATEMENT_COLUMNS) columns[name] = await wholeColumn(files, name);
  const cell = (name: string, row: number): unknown => columns[name]?.[row];

  const seen = new Set<string>();
  const kept: Sortable[] = [];
  for (const [row, value] of (columns['position'] ?? []).entries()) {
    const position = String(value);
    if (removed.has(position) || seen.has(position) || cell('voided', row) === true) continue;
    seen.add(position);
    kept.push({ row, position, actor: String(cell('actor_key', row)) });
  }
  kept.sort(byActor);
  return {
    rows: kept.length,
    rawBytes: kept.reduce((sum, { row }) => sum + sizeOf(cell('raw', row)), 0),
    positions: [...seen].toSorted(),
    groups: groupsOf(columns, kept),
  };
}

interface Sortable {
  readonly row: number;
  readonly position: string;
  readonly actor: string;
}

function byActor(one: Sortable, other: Sortable): number {
  if (one.actor !== other.actor) return one.actor < other.actor ? -1 : 1;
  return one.position < other.position ? -1 : 1;
}

/** What differs from row to row and is only carried on stays bytes. */
const CARRIED: ReadonlySet<string> = new Set(['statement_id', 'raw']);

async function wholeColumn(files: readonly ParquetReader[], name: string): Promise<readonly unknown[]> {
  const cells = Array<unknown>(files.reduce((rows, file) => rows + file.rows, 0));
  let index = 0;
  for (const file of files) {
    for (const cell of await file.column(name, CARRIED.has(name) ? { bytes: true } : {})) {
      cells[index] = cell;
      index += 1;
    }
  }
  return cells;
}

function sizeOf(raw: unknown): number {
  return raw instanceof Uint8Array ? raw.byteLength : 0;
}

function* groupsOf(
  columns: Readonly<Record<string, readonly unknown[]>>,
  kept: readonly Sortable[],
): Generator<RowGroup> {
  for (let start = 0; start < kept.length; start += GROUP_ROWS) {
    const group = kept.slice(start, start + GROUP_ROWS);
    const cells: Record<string, unknown[]> = {};
    for (const [name, column] of Object.entries(columns)) cells[name] = group.map(({ row }) => column[row]);
    yield { cells, rows: group.length };
  }
}

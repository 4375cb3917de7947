import { LAKE_TABLES, type LakeTable } from '#lake/columns.ts';

/** A table that has one row for each of what statements speak of, with the latest that was said of it. */
export interface Dimension {
  readonly table: LakeTable;
  /** The column that tells its rows apart. */
  readonly key: string;
  /** Columns that say something; a row that has none of them only says that there is such a thing. */
  readonly says: readonly string[];
}

export const DIMENSIONS = {
  activities: {
    table: LAKE_TABLES.activities,
    key: 'activity_id',
    says: ['name', 'description', 'type', 'more_info', 'interaction_type'],
  },
  actors: { table: LAKE_TABLES.actors, key: 'actor_key', says: ['name'] },
  verbs: { table: LAKE_TABLES.verbs, key: 'verb_id', says: ['display'] },
} as const satisfies Readonly<Record<string, Dimension>>;

export type DimensionName = keyof typeof DIMENSIONS;

export const DIMENSION_NAMES = ['activities', 'actors', 'verbs'] as const satisfies readonly DimensionName[];

/** A row of a dimension, by column. */
export type DimensionRow = Readonly<Record<string, string | bigint | null>>;

/** What statements say that may not be in the dimensions yet. */
export type DimensionUpdates = Readonly<Record<DimensionName, readonly DimensionRow[]>>;

/**
 * Takes rows in: one that says something counts more than one that does not, then the one that was stored later, then the
 * one that is taken in later. So rows may be taken in again, and in any order but for those of one moment.
 *
 * @param known by key; is changed
 * @returns whether it was
 */
export function takeIn(
  { key, says }: Dimension,
  known: Map<string, DimensionRow>,
  rows: Iterable<DimensionRow>,
): boolean {
  let changed = false;
  for (const row of rows) {
    const name = String(row[key]);
    const before = known.get(name);
    if (before !== undefined && !isBetter(row, before, says)) continue;
    known.set(name, row);
    changed = true;
  }
  return changed;
}

function isBetter(row: DimensionRow, before: DimensionRow, says: readonly string[]): boolean {
  const something = saysSomething(row, says);
  if (something !== saysSomething(before, says)) return something;
  const later = timeOf(row) - timeOf(before);
  return later > 0n || (later === 0n && says.some((column) => row[column] !== before[column]));
}

function saysSomething(row: DimensionRow, says: readonly string[]): boolean {
  return says.some((column) => (row[column] ?? null) !== null);
}

function timeOf({ last_stored: time }: DimensionRow): bigint {
  return typeof time === 'bigint' ? time : 0n;
}

import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

/** Tables that the embedded DynamoDB makes before all others. */
const OWN_TABLES: ReadonlySet<unknown> = new Set(['_config', '_tables']);

/**
 * Whether a file is a database of SQLite's that the embedded DynamoDB has not made, which would add its tables to any. What
 * is not there, cannot be read or is no database is none: why, says who opens it to write.
 *
 * It is read as if nobody changed it, and so left as it is: else SQLite would at least move into it what its owner has left
 * in a journal beside it. What is in that journal alone is not seen.
 */
export function isForeignDatabase(path: string): boolean {
  const tables = tablesIn(path);
  return tables.length > 0 && !tables.some((name) => OWN_TABLES.has(name));
}

function tablesIn(path: string): readonly unknown[] {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(url, { readOnly: true });
    const rows = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    return rows.map(({ name }) => name);
  } catch {
    return [];
  } finally {
    database?.close();
  }
}

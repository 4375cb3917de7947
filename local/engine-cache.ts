import { DatabaseSync } from 'node:sqlite';

/** Pages of 4 KB: 64 MB instead of SQLite's 2, which hardly hold the indexes of some thousand statements. */
const PAGES = 16_384;
/** How long another process may hold the file's write lock, in milliseconds. */
const BUSY_TIMEOUT = 5_000;

/**
 * Makes the engine keep more of its file in memory. It is asked for nothing of the kind, but SQLite takes a default from the
 * file itself when it opens one: so this comes before the engine starts.
 */
export function enlargeCache(file: string): void {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
  try {
    const { cache_size: pages } = database.prepare('PRAGMA default_cache_size').get() ?? {};
    if (pages !== PAGES) database.exec(`PRAGMA default_cache_size = ${PAGES}`);
  } finally {
    database.close();
  }
}

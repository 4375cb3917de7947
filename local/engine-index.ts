import { DatabaseSync } from 'node:sqlite';

/** How long the engine may hold its file's write lock before this gives up, in milliseconds. */
const BUSY_TIMEOUT = 5_000;

/**
 * Gives the engine the index it lacks. To number a stream record it looks up the table's last one by a scan of all
 * records ever written, so that without this every write is slower than the one before.
 */
export function indexStreamRecords(file: string): void {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
  try {
    database.exec(
      'CREATE INDEX IF NOT EXISTS stream_records_by_sequence ' +
        'ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
    );
  } finally {
    database.close();
  }
}

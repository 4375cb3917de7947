import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CompactionDeps } from '#lake/compaction/compact-partition.ts';
import { LAKE_TABLES, type LakeTableName } from '#lake/columns.ts';
import { LakeWriter } from '#lake/lake-writer.ts';
import { dataFolder, dayOf, type DayPartition, type Partition } from '#lake/files/layout.ts';
import { readManifest } from '#lake/files/manifest.ts';
import { RemovalMarks } from '#lake/removals/removal-marks.ts';
import { languagePreference } from '#lake/rows/display-text.ts';
import type { LakeStatement } from '#lake/rows/row.ts';
import type { ObjectStore } from '#storage/object-store.ts';
import { PositionSource, writerFrom } from '#storage/position.ts';
import { S3ObjectStore } from '#storage/s3/object-store.ts';
import type { Statement } from '#xapi/statement/statement.ts';
import { freshBucket } from '#test/support/engine.ts';
import { aStatement } from '#test/support/statements.ts';

export const LAKE_SECRET = Buffer.alloc(32, 7);

/** An empty lake. */
export async function freshLake(): Promise<S3ObjectStore> {
  const { bucket, name } = await freshBucket();
  return new S3ObjectStore(bucket, name);
}

/** A writer that knows nothing yet, as a process that has just begun. */
export function lakeWriterOn(objects: ObjectStore, languages: readonly string[] = ['en']): LakeWriter {
  return new LakeWriter({
    objects,
    secret: { get: () => Promise.resolve(LAKE_SECRET) },
    languages: languagePreference(languages),
  });
}

/** As on the laptop: nothing is kept for readers. */
export function compactionOn(objects: ObjectStore, options: Partial<CompactionDeps> = {}): CompactionDeps {
  return { objects, marks: new RemovalMarks(objects), now: Date.now, grace: 0, ...options };
}

/** Makes statements as a store would have stored them, one after the other. */
export class StoredStatements {
  readonly #positions: PositionSource;

  /** @param now milliseconds since 1970 */
  constructor(now: () => number = Date.now) {
    this.#positions = new PositionSource(now, writerFrom(Math.random));
  }

  make(overrides: Partial<Statement> = {}, voided = false): LakeStatement {
    const id = randomUUID();
    const value = { ...aStatement(), ...overrides, id };
    const [position = ''] = this.#positions.take(1).positions;
    return { id, position, text: JSON.stringify(value), value, voided };
  }

  many(count: number, overrides: Partial<Statement> = {}): readonly LakeStatement[] {
    return Array.from({ length: count }, () => this.make(overrides));
  }
}

export function partitionOf({ position }: LakeStatement, store = 'default'): DayPartition {
  return { store, day: dayOf(position) };
}

/**
 * Copies what readers of a table see into a folder, as its manifest says.
 *
 * @returns the paths of the files
 */
export async function currentFilesOf(
  objects: ObjectStore,
  table: LakeTableName,
  partition: Partition,
  folder: string,
): Promise<readonly string[]> {
  const { names } = await readManifest(objects, LAKE_TABLES[table], partition);
  return Promise.all(
    names.map(async (name) => {
      const key = dataFolder(LAKE_TABLES[table], partition) + name;
      const found = await objects.get(key);
      if (found === undefined) throw new Error(`${key} is current, but not there.`);
      const path = join(folder, key);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, found.content);
      return path;
    }),
  );
}

/** What DuckDB reads these files with. */
export function readParquet(paths: readonly string[]): string {
  return `read_parquet([${paths.map((path) => `'${path}'`).join(', ')}], hive_partitioning = true)`;
}

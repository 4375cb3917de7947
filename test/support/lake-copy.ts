import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { emptyFiles } from '#lake/duckdb/empty-files.ts';
import { duckDbScript } from '#lake/duckdb/script.ts';
import { LAKE_FOLDER } from '#lake/files/layout.ts';
import type { ObjectStore } from '#storage/object-store.ts';
import { type Duck, openDuck } from '#test/support/duck.ts';
import { keysIn } from '#test/support/lake-readers.ts';

export interface LakeCopy {
  /** With the tables of the lake, as they are in Athena. */
  readonly duck: Duck;
  /** Keys of all objects, among them files that are not current any more, with the paths they are at. */
  readonly files: ReadonlyMap<string, string>;
  /** Deletes it. */
  close(): Promise<void>;
}

/** What the lake is now, in a folder, and DuckDB on it. */
export async function copyLake(objects: ObjectStore): Promise<LakeCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'lrs-lake-'));
  const files = new Map<string, string>();
  for (const key of await keysIn(objects, LAKE_FOLDER)) {
    const found = await objects.get(key);
    if (found === undefined) continue;
    const path = join(folder, 'bucket', key);
    await write(path, found.content);
    files.set(key, path);
  }
  for (const [path, content] of emptyFiles()) await write(join(folder, 'empty', path), content);
  const script = duckDbScript({
    bucket: `${folder}/bucket/`,
    emptyFiles: `${folder}/empty/`,
    script: `${folder}/lake.sql`,
    root: objects.root,
  });
  await write(join(folder, 'lake.sql'), script);
  const duck = await openDuck();
  await duck.query(script);
  const close = async (): Promise<void> => {
    duck.close();
    await rm(folder, { recursive: true });
  };
  return { duck, files, close };
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { emptyFiles } from '#lake/duckdb/empty-files.ts';
import { duckDbScript } from '#lake/duckdb/script.ts';
import type { DataFolder } from '#local/data-folder.ts';

/** Writes the script with which DuckDB sees the lake in a data folder; anew at each start, because folders are moved. */
export async function writeLakeScript(
  { lakeScript, lakeSchemaFolder, s3Folder }: Pick<DataFolder, 'lakeScript' | 'lakeSchemaFolder' | 's3Folder'>,
  bucket: string,
): Promise<void> {
  for (const [path, content] of emptyFiles()) {
    const file = join(lakeSchemaFolder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  const script = duckDbScript({
    bucket: folderPath(join(s3Folder, bucket)),
    emptyFiles: folderPath(lakeSchemaFolder),
    script: slashes(resolve(lakeScript)),
    root: `s3://${bucket}/`,
  });
  await writeFile(lakeScript, script);
}

function folderPath(path: string): string {
  return `${slashes(resolve(path))}/`;
}

/** As DuckDB takes paths on Windows, too. */
function slashes(path: string): string {
  return path.replaceAll(sep, '/');
}

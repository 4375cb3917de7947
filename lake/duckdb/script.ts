import { LAKE_TABLES, type LakeTable } from '#lake/columns.ts';
import { emptyFileOf } from '#lake/duckdb/empty-files.ts';
import { LAKE_FOLDER, MANIFESTS_FOLDER } from '#lake/files/layout.ts';

export interface ScriptPlaces {
  /** Absolute paths of folders, with a slash at their end: the bucket of the lake, and `emptyFiles`. */
  readonly bucket: string;
  readonly emptyFiles: string;
  /** The path of the script itself. */
  readonly script: string;
  /** How manifests name the bucket: `s3://<bucket>/`. */
  readonly root: string;
}

/**
 * SQL with which DuckDB sees the lake in a folder as Athena sees it in S3: by the manifests, so that it reads no file twice
 * that is being put in the place of others.
 *
 * DuckDB takes neither subqueries nor other tables for the files of a view, but variables. So the views show the lake as it
 * was when the script was run; when a file has gone since, they say so, and running it again helps.
 */
export function duckDbScript(places: ScriptPlaces): string {
  const tables: readonly LakeTable[] = Object.values(LAKE_TABLES);
  return `-- Written by \`npm start\`. Run it in DuckDB to see the lake as it is now, and again to see what has come since.
SET TimeZone = 'UTC';
${tables.map((table) => viewOf(table, places)).join('')}`;
}

function viewOf(table: LakeTable, { bucket, emptyFiles, script, root }: ScriptPlaces): string {
  const manifests = `lake_${table.folder}_manifests`;
  const files = `lake_${table.folder}`;
  const partitions = table.partitionedBy.map((name) => `${name}=*/`).join('');
  const types = table.partitionedBy.map((name) => `${name}: ${name === 'dt' ? 'DATE' : 'VARCHAR'}`).join(', ');
  // The script is read as well: of no file at all DuckDB would say that it is missing.
  return `
SET VARIABLE ${manifests} = (
  SELECT list(file) FROM glob(${quoted(`${bucket}${MANIFESTS_FOLDER}${table.folder}/${partitions}manifest`)})
);
SET VARIABLE ${files} = (
  SELECT list(${quoted(bucket)} || substr(line, ${root.length + 1}))
  FROM (
    SELECT unnest(string_split(content, chr(10))) AS line
    FROM read_text(list_concat([${quoted(script)}], getvariable('${manifests}')))
  )
  WHERE starts_with(line, ${quoted(`${root}${LAKE_FOLDER}${table.folder}/`)})
);
CREATE OR REPLACE VIEW ${table.name} AS
SELECT * FROM read_parquet(
  list_concat([${quoted(`${emptyFiles}${emptyFileOf(table)}`)}], getvariable('${files}')),
  union_by_name = true, hive_partitioning = true, hive_types = {${types}}
);
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

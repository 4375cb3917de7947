import { describe, expect, it } from 'vitest';
import { LAKE_TABLES } from '#lake/columns.ts';
import { emptyFileOf, emptyFiles } from '#lake/duckdb/empty-files.ts';
import { duckDbScript } from '#lake/duckdb/script.ts';

const script = duckDbScript({
  bucket: "/home/o'brien/.lrs/s3/lrs-exports/",
  emptyFiles: '/home/x/.lrs/lake-schema/',
  script: '/home/x/.lrs/lake.sql',
  root: 's3://lrs-exports/',
});

describe('the script for DuckDB', () => {
  it('makes a view of each table, by the manifests of its partitions', () => {
    const views = Array.from(script.matchAll(/CREATE OR REPLACE VIEW (\w+)/gu), ([, name]) => name);
    expect(views).toEqual(Object.values(LAKE_TABLES).map(({ name }) => name));
    expect(script).toContain(`current/statements/store=*/dt=*/manifest'`);
    expect(script).toContain(`current/verbs/store=*/manifest'`);
  });

  it('quotes paths', () => {
    expect(script).toContain(`glob('/home/o''brien/.lrs/s3/lrs-exports/lake/current/`);
    expect(script).not.toContain("o'b");
  });

  it('has a file without rows for each table', () => {
    expect([...emptyFiles().keys()]).toEqual(Object.values(LAKE_TABLES).map(emptyFileOf));
    expect(emptyFileOf(LAKE_TABLES.pseudonymous)).toBe('pseudonymous/store=none/dt=1970-01-01/empty.parquet');
    expect(emptyFileOf(LAKE_TABLES.verbs)).toBe('verbs/store=none/empty.parquet');
  });
});

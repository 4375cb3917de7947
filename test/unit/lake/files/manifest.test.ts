import { describe, expect, it } from 'vitest';
import { LAKE_TABLES } from '#lake/columns.ts';
import { manifestText } from '#lake/files/manifest.ts';

describe('a manifest', () => {
  const partition = { store: 'acme', day: '2026-11-29' };

  it('has one URL a line, as the symlinks of Hive do, in the order of the names', () => {
    expect(manifestText('s3://exports/', LAKE_TABLES.statements, partition, ['b.parquet', 'a.parquet'])).toBe(
      's3://exports/lake/statements/store=acme/dt=2026-11-29/a.parquet\n' +
        's3://exports/lake/statements/store=acme/dt=2026-11-29/b.parquet\n',
    );
  });

  it('is empty without files', () => {
    expect(manifestText('s3://exports/', LAKE_TABLES.statements, partition, [])).toBe('');
  });
});

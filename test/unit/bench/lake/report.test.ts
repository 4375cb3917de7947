import { describe, expect, it } from 'vitest';
import type { LakeReport } from '#bench/lake/measure.ts';
import { goalsOf, isReached, tableOf } from '#bench/lake/report.ts';

const MB = 1024 * 1024;

const REPORT: LakeReport = {
  statementBytes: 1_300.4,
  statements: 200_040,
  files: 60,
  writtenPerSecond: { best: 12_345.6, median: 11_000 },
  batchTime: 250.4,
  writerMemory: 300 * MB,
  worst: [{ name: 'long responses', statements: 48, rawBytes: 48 * 3_900_000, memory: 513 * MB }],
  compactedPerSecond: { best: 24_999, median: 20_000 },
  compactedPerProcessor: { best: 18_000, median: 17_000 },
  compactorMemory: 1_000 * MB,
  fresh: { full: 280, twin: 90 },
  merged: { full: 140, twin: 50 },
};

describe('the report of the lake', () => {
  it('says which goals are reached', () => {
    const missed = goalsOf(REPORT).filter((goal) => !isReached(goal));
    expect(missed.map(({ name }) => name)).toEqual(['memory of the writer, long responses', 'rows compacted']);
  });

  it('is a table with what its figures are', () => {
    const lines = tableOf(REPORT).split('\n');
    expect(lines).toContain(
      '| statements written                    | 12,346 a second | at least 10,000 a second |     yes |',
    );
    expect(lines).toContain(
      '| rows compacted                        | 24,999 a second | at least 25,000 a second |  **no** |',
    );
    expect(lines).toContain('Before it is compacted, a statement takes 280 bytes and 90 in the twin.');
  });
});

import type { Assumptions } from './assumptions.ts';
import type { PriceName } from './prices.ts';
import type { Workload } from './workload.ts';

const MILLION = 1_000_000;
const GB = 1_024 ** 3;
const HOURS = 730;
const DAYS = HOURS / 24;

/** GB of memory, as `lib/constructs/lake-writer.ts`, `lake-compactor.ts` and `jobs.ts` have it. */
export const WRITER_GB = 0.5;
export const COMPACTOR_GB = 3_008 / 1_024;
export const JOBS_GB = 1;

/** A file and its twin, and the manifest of each; S3 is asked for both manifests, and for the latest once more. */
const A_WRITE = { puts: 4, gets: 3 };
/** Of a file that is merged with others: its end, and what is in it. */
const A_MERGE = { puts: 0, gets: 3 };
/** What is merged and its twin, three small tables, and all their manifests; and what is listed, which is charged as much. */
const A_COMPACTED_HOUR = { puts: 20, gets: 20 };
const AN_IDLE_HOUR = { puts: 5, gets: 0 };

/** Days that old versions of files are kept. */
const OLD_VERSION_DAYS = 7;

/**
 * What the lake takes in the last month. Lambda reads the stream at no charge (Amazon DynamoDB pricing, "DynamoDB Streams"),
 * Glue keeps a million objects free, and messages of failures are none.
 */
export function lake(workload: Workload, assumptions: Assumptions): Partial<Record<PriceName, number>> {
  const { statements, months } = workload;
  const { lakeMinutes, lakeBatch, compactorRuns, lakeBytes, lakeTwinBytes, lakeRewrites } = assumptions;
  const calls = Math.min(statements, lakeMinutes) + statements / Math.max(1, lakeBatch);
  const busy = Math.min(compactorRuns, calls);
  const bytes = statements * (lakeBytes + lakeTwinBytes);
  const old = (bytes * lakeRewrites * OLD_VERSION_DAYS) / DAYS;
  const requests = (kind: 'puts' | 'gets'): number =>
    calls * (A_WRITE[kind] + A_MERGE[kind]) +
    busy * A_COMPACTED_HOUR[kind] +
    (compactorRuns - busy) * AN_IDLE_HOUR[kind];
  return {
    ...compute({ calls, busy, statements }, assumptions),
    s3Puts: requests('puts') / MILLION,
    s3Gets: requests('gets') / MILLION,
    s3Storage: (bytes * months + old) / GB,
    logIngestion: ((calls + busy) * assumptions.functionLogBytes) / GB,
    athenaScans: assumptions.athenaScannedGb / 1_024,
  };
}

interface Work {
  readonly calls: number;
  readonly busy: number;
  readonly statements: number;
}

function compute({ calls, busy, statements }: Work, assumptions: Assumptions): Partial<Record<PriceName, number>> {
  const { s3Ms, dynamoDbMs, vcpuMemory, lakeWriteMs, lakeCompactMs, lakeRewrites, compactorRuns, jobRuns } =
    assumptions;
  const slower = Math.max(1, vcpuMemory / (WRITER_GB * 1_024));
  const waiting = (A_WRITE.puts + A_WRITE.gets) * s3Ms;
  const writing = calls * waiting + statements * lakeWriteMs * slower;
  // Requests of a compaction mostly follow one another.
  const compacting =
    busy * (A_COMPACTED_HOUR.puts + A_COMPACTED_HOUR.gets) * s3Ms +
    (compactorRuns - busy) * AN_IDLE_HOUR.puts * s3Ms +
    statements * lakeRewrites * lakeCompactMs;
  const sweeping = jobRuns * dynamoDbMs;
  return {
    lambdaRequests: (calls + compactorRuns + jobRuns) / MILLION,
    lambdaGbSeconds: (writing * WRITER_GB + compacting * COMPACTOR_GB + sweeping * JOBS_GB) / 1_000 / MILLION,
    dynamoDbReads: jobRuns / MILLION,
  };
}

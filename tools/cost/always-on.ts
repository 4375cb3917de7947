import { STATEMENT_BYTES } from './capacity.ts';

/** A part of a set-up that runs whether anybody uses it or not; US dollars in `us-east-1`, on demand. */
interface Part {
  readonly name: string;
  readonly count: number;
  readonly usdPerHour: number;
}

export interface AlwaysOn {
  readonly name: string;
  readonly parts: readonly Part[];
  /** Disk of the database, for a GB and month. */
  readonly usdPerGb: number;
}

const HOURS = 730;
const GB = 1_024 ** 3;
/** The least that a database of RDS can have with gp3. */
const SMALLEST_DISK = 20;

/**
 * Prices: AWS price list, RDS of 2026-10-06, ELB of 2026-09-11, EC2 and EBS looked up on 2026-11-22. 20 GB of gp3 for each
 * instance at $0.08 are $0.0022 an hour. Without NAT gateways, logs, metrics, backups and transfer.
 */
export const ALWAYS_ON = [
  {
    name: 'small',
    parts: [
      { name: 't4g.small (2 vCPU, 2 GB), with 20 GB of disk', count: 1, usdPerHour: 0.0168 + 0.0022 },
      { name: 'public IPv4 address', count: 1, usdPerHour: 0.005 },
      { name: 'RDS for PostgreSQL, db.t4g.small (2 vCPU, 2 GB), one zone', count: 1, usdPerHour: 0.032 },
    ],
    usdPerGb: 0.115,
  },
  {
    name: 'redundant',
    parts: [
      { name: 't4g.small (2 vCPU, 2 GB), with 20 GB of disk', count: 2, usdPerHour: 0.0168 + 0.0022 },
      { name: 'public IPv4 address', count: 4, usdPerHour: 0.005 },
      { name: 'Application Load Balancer with one capacity unit', count: 1, usdPerHour: 0.0225 + 0.008 },
      { name: 'RDS for PostgreSQL, db.t4g.medium (2 vCPU, 4 GB), two zones', count: 1, usdPerHour: 0.129 },
    ],
    usdPerGb: 0.23,
  },
] as const satisfies readonly AlwaysOn[];

/**
 * Statements a second that the fastest LRS measured beside this one took, pelotech/xapi-lrs 0.9.6 on PostgreSQL 15 with
 * its leak of connections cured: client, server and database on the same two cores, 20,000 statements stored.
 */
export const MEASURED_RATES = {
  1: { least: 310, most: 577 },
  50: { least: 690, most: 1_027 },
} as const;

/** US dollars for the last of so many equal months. The disk holds the bare JSON of the statements, no index, no log. */
export function alwaysOnCost({ parts, usdPerGb }: AlwaysOn, statements: number, months: number): number {
  const running = parts.reduce((usd, { count, usdPerHour }) => usd + count * usdPerHour * HOURS, 0);
  const disk = Math.max(SMALLEST_DISK, (statements * months * STATEMENT_BYTES.returned) / GB);
  return running + disk * usdPerGb;
}

/** Statements a second at the busiest moment of a month. */
export function peakRate(statements: number, peakFactor: number): number {
  return (statements / (HOURS * 3_600)) * peakFactor;
}

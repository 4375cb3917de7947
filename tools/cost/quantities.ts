import { hoursToSeal } from '#functions/keeper/hours-to-seal.ts';
import { type Metric, METRICS } from '#runtime/metric-names.ts';
import type { Assumptions } from './assumptions.ts';
import { CAPACITY, STATE_BYTES, STORED_BYTES } from './capacity.ts';
import { lake } from './lake.ts';
import { PRICE_NAMES, type PriceName } from './prices.ts';
import { type Requests, requestsOf, scaled } from './requests.ts';
import type { Workload } from './workload.ts';

/** How much of everything that has a price, counted as the prices are. */
export type Quantities = Readonly<Record<PriceName, number>>;

const MILLION = 1_000_000;
const KB = 1_024;
const GB = KB ** 3;
const HOURS = 730;
const DAYS = HOURS / 24;
/** API Gateway counts a request once for each part of this size. */
const METERED = 512 * KB;
/** That of the first credential, and that of the keys which tokens are signed with. */
const SECRETS = 2;
/** Of a month: X-Ray traces the first request of each. */
const SECONDS = HOURS * 3_600;

/** What a workload takes in its last month. */
export function quantitiesOf(workload: Workload, assumptions: Assumptions): Quantities {
  const requests = requestsOf(workload, assumptions);
  return sumOf([
    compute(requests, workload, assumptions),
    database(requests, workload, assumptions),
    objects(requests, workload),
    keeper(requests, workload, assumptions),
    lake(workload, assumptions),
    observability(requests, workload, assumptions),
    network(requests, workload, assumptions),
    { secrets: SECRETS },
    workload.customerManagedKey ? { kmsKeys: 1, kmsRequests: assumptions.kmsRequests / MILLION } : {},
  ]);
}

function sumOf(parts: readonly Partial<Quantities>[]): Quantities {
  const sum = (name: PriceName): number => parts.reduce((all, part) => all + (part[name] ?? 0), 0);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- there is an entry for every name
  return Object.fromEntries(PRICE_NAMES.map((name) => [name, sum(name)])) as Quantities;
}

function total(requests: readonly Requests[], each: (requests: Requests) => number): number {
  return requests.reduce((sum, kind) => sum + kind.count * each(kind), 0);
}

function countOf(requests: readonly Requests[]): number {
  return total(requests, () => 1);
}

function compute(requests: readonly Requests[], { memory, edge }: Workload, assumptions: Assumptions) {
  const { coldShare, initMs, vcpuMemory, dynamoDbMs, s3Ms } = assumptions;
  const slower = Math.max(1, vcpuMemory / memory);
  const milliseconds = total(requests, ({ capacity, cpuMs }) => {
    const waiting = capacity.roundTrips * dynamoDbMs + (capacity.s3Puts + capacity.s3Gets) * s3Ms;
    return waiting + cpuMs * slower + coldShare * initMs;
  });
  const metered = total(requests, ({ bytesIn, bytesOut }) => Math.ceil(Math.max(bytesIn, bytesOut, 1) / METERED));
  return {
    apiRequests: metered / MILLION,
    lambdaRequests: countOf(requests) / MILLION,
    lambdaGbSeconds: ((milliseconds / 1_000) * (memory / KB)) / MILLION,
    ...(edge && { cdnRequests: countOf(requests) / MILLION }),
  };
}

function database(requests: readonly Requests[], workload: Workload, assumptions: Assumptions) {
  const { statements, batch, documents, months } = workload;
  const learning = scaled(CAPACITY['learn a new activity'], statements * assumptions.newKnowledge);
  const doubled = assumptions.transactionIndexFactor - 1;
  const writes = total(requests, ({ capacity }) => capacity.writeUnits + doubled * capacity.transactedIndexUnits);
  const { table, indexes } = STORED_BYTES[batch];
  // Nobody tells how often a state is written anew: each is taken for a new one.
  const states = documents * STATE_BYTES;
  const kept = (statements * table + states) * months;
  return {
    dynamoDbWrites: (writes + learning.writeUnits) / MILLION,
    dynamoDbReads: (total(requests, ({ capacity }) => capacity.readUnits) + learning.readUnits) / MILLION,
    dynamoDbStorage: (kept + statements * indexes * months) / GB,
    // Of tables, not of their indexes (Amazon DynamoDB pricing, "Continuous backups").
    dynamoDbRecovery: kept / GB,
  };
}

function objects(requests: readonly Requests[], { attachments, attachmentKb, months }: Workload) {
  return {
    s3Puts: total(requests, ({ capacity }) => capacity.s3Puts) / MILLION,
    s3Gets: total(requests, ({ capacity }) => capacity.s3Gets) / MILLION,
    s3Storage: (attachments * attachmentKb * KB * months) / GB,
  };
}

/** What is called by the clock. It looks for counters of every hour in which there can be some. */
function keeper(
  requests: readonly Requests[],
  { memory }: Workload,
  { keeperRuns, sealed, dynamoDbMs }: Assumptions,
): Partial<Quantities> {
  const busy = Math.min(1, countOf(requests) / HOURS);
  const looking = scaled(CAPACITY['look for what was counted in an hour'], hoursToSeal(0).length);
  const sealing = scaled(CAPACITY['seal what was counted'], sealed * busy);
  const milliseconds = (looking.roundTrips + sealing.roundTrips) * dynamoDbMs;
  return {
    lambdaRequests: keeperRuns / MILLION,
    lambdaGbSeconds: (keeperRuns * (milliseconds / 1_000) * (memory / KB)) / MILLION,
    dynamoDbWrites: (keeperRuns * sealing.writeUnits) / MILLION,
    dynamoDbReads: (keeperRuns * (looking.readUnits + sealing.readUnits)) / MILLION,
  };
}

function observability(requests: readonly Requests[], workload: Workload, assumptions: Assumptions) {
  const { logRetentionDays, months, tracing } = workload;
  const count = countOf(requests);
  const logged = (count * (assumptions.functionLogBytes + assumptions.accessLogBytes)) / GB;
  const kept = Math.min(months, logRetentionDays / DAYS);
  const traced = Math.min(count, SECONDS + count * assumptions.tracedShare);
  return {
    logIngestion: logged,
    logStorage: logged * assumptions.logStoredShare * kept,
    // Charged for the hours in which they are written.
    metrics: customMetrics(requests, assumptions) * Math.min(1, count / HOURS),
    alarms: assumptions.alarms,
    dashboards: 1,
    ...(tracing && { traces: traced / MILLION }),
  };
}

/** As many as there can be: those of every function that is used, as if each failed in every hour. */
function customMetrics(requests: readonly Requests[], { refusalCodes }: Assumptions): number {
  const used = new Set(requests.filter(({ count }) => count > 0).map(({ resource }) => resource));
  const values = { resource: used.size, code: refusalCodes };
  return Object.values<Metric>(METRICS).reduce((all, { dimensions, total: also }) => {
    const each = dimensions.reduce((product, dimension) => product * values[dimension], 1);
    return all + each + (also === true ? 1 : 0);
  }, 0);
}

function network(requests: readonly Requests[], { edge }: Workload, { wafRules }: Assumptions) {
  const out = total(requests, ({ bytesOut }) => bytesOut) / GB;
  if (!edge) return { transferOut: out };
  return { cdnTransfer: out, wafAcls: 1, wafRules, wafRequests: countOf(requests) / MILLION };
}

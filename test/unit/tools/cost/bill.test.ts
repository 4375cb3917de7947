import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASSUMPTIONS, type Assumptions, assume } from '#tools/cost/assumptions.ts';
import { type Bill, billOf } from '#tools/cost/bill.ts';
import { BATCHES } from '#tools/cost/capacity.ts';
import { COMPONENTS, type Component, PRICE_NAMES, type PriceName } from '#tools/cost/prices.ts';
import { quantitiesOf } from '#tools/cost/quantities.ts';
import { REGIONS } from '#tools/cost/regions.ts';
import { DEFAULT_WORKLOAD, type Workload } from '#tools/cost/workload.ts';

const NOTHING: Workload = { ...DEFAULT_WORKLOAD, statements: 0 };
/** As if there were no lake. */
const WITHOUT_LAKE = {
  lakeMinutes: 0,
  lakeBatch: Infinity,
  lakeWriteMs: 0,
  lakeCompactMs: 0,
  lakeBytes: 0,
  lakeTwinBytes: 0,
  compactorRuns: 0,
  jobRuns: 0,
  athenaScannedGb: 0,
};
/** Nothing that blurs what one request takes. */
const PLAIN = assume({
  coldShare: 0,
  credentialReads: 0,
  lots: 0,
  keeperRuns: 0,
  newKnowledge: 0,
  replyHeaderBytes: 0,
  ...WITHOUT_LAKE,
});
const GB = 1_024 ** 3;

interface Choices {
  readonly assumptions?: Assumptions;
  readonly freeTier?: boolean;
  readonly region?: string;
}

function bill(
  workload: Partial<Workload>,
  { assumptions = PLAIN, freeTier = false, region = 'us-east-1' }: Choices = {},
): Bill {
  const prices = REGIONS.find((list) => list.region === region);
  if (prices === undefined) throw new Error(`There are no prices of ${region}.`);
  return billOf({ ...NOTHING, ...workload }, { prices, assumptions, freeTier });
}

function usd(component: Component, workload: Partial<Workload>, choices?: Choices): number {
  return bill(workload, choices).components.find((part) => part.component === component)?.usd ?? NaN;
}

function lineOf(name: PriceName, workload: Partial<Workload>, choices?: Choices): number {
  return bill(workload, choices).lines.find((line) => line.name === name)?.usd ?? NaN;
}

describe('the bill of a month, reckoned by hand', () => {
  const million = { statements: 1_000_000 };

  it('has requests to API Gateway', () => {
    expect(usd('API Gateway', million)).toBeCloseTo(1);
    expect(usd('API Gateway', { statements: 1_000_000, batch: 50 })).toBeCloseTo(0.02);
    expect(usd('API Gateway', { statements: 400_000_000 })).toBeCloseTo(300 + 100 * 0.9);
    // 1,140 bytes and 600 KB are two times 512 KB.
    expect(usd('API Gateway', { ...million, attachments: 1_000_000, attachmentKb: 600 })).toBeCloseTo(2);
  });

  it('has requests and time of Lambda', () => {
    // One round trip of 10 ms and 10 ms of a processor, of which 1 GB has 1024 / 1769.
    const seconds = 0.01 + 0.01 * (1_769 / 1_024);
    expect(lineOf('lambdaGbSeconds', million)).toBeCloseTo(seconds * 13.3334);
    expect(lineOf('lambdaRequests', million)).toBeCloseTo(0.2);
    const half = 0.01 + 0.01 * (1_769 / 512);
    expect(lineOf('lambdaGbSeconds', { ...million, memory: 512 })).toBeCloseTo((half / 2) * 13.3334);
    const cold = { assumptions: assume({ ...PLAIN, coldShare: 0.01, initMs: 400 }) };
    expect(lineOf('lambdaGbSeconds', million, cold)).toBeCloseTo((seconds + 0.004) * 13.3334);
  });

  it('has write units', () => {
    expect(usd('DynamoDB writes', million)).toBeCloseTo(9 * 0.625);
    expect(usd('DynamoDB writes', { ...million, batch: 50 })).toBeCloseTo((162 / 50) * 0.625);
    expect(usd('DynamoDB writes', { documents: 1_000_000 })).toBeCloseTo(0.625);
    // A typical array has no rows that could count twice.
    const twice = { assumptions: assume({ ...PLAIN, transactionIndexFactor: 2 }) };
    expect(usd('DynamoDB writes', { ...million, batch: 50 }, twice)).toBeCloseTo((162 / 50) * 0.625);
    const learning = { assumptions: assume({ ...PLAIN, newKnowledge: 0.1 }) };
    expect(usd('DynamoDB writes', million, learning)).toBeCloseTo(9.1 * 0.625);
  });

  it('has lots of what is counted: of requests, and of events', () => {
    const counting = { assumptions: assume({ ...PLAIN, lots: 0.5 }) };
    expect(usd('DynamoDB writes', { reads: 1_000_000 }, counting)).toBeCloseTo(2 * 0.5 * 0.625);
    expect(usd('Lambda', { reads: 1_000_000 }, counting)).toBeCloseTo(usd('Lambda', { reads: 1_000_000 }));
  });

  it('has the keeper, which looks at 168 hours with each call', () => {
    const kept = { assumptions: assume({ ...PLAIN, keeperRuns: 1_000_000, sealed: 10 }) };
    expect(usd('DynamoDB reads', {}, kept)).toBeCloseTo(168 * 0.125);
    expect(usd('DynamoDB writes', {}, kept)).toBe(0);
    expect(lineOf('lambdaGbSeconds', {}, kept)).toBeCloseTo(1.68 * 13.3334);
    expect(usd('DynamoDB writes', { reads: 1_000 }, kept)).toBeCloseTo(60 * 0.625);
  });

  it('has the lake: calls of what writes it, with its objects and their old versions', () => {
    const lake = { lakeMinutes: 1_000, lakeBatch: 1_000, lakeBytes: 300, lakeTwinBytes: 100, lakeRewrites: 2 };
    const written = { assumptions: assume({ ...PLAIN, ...lake }) };
    // A call for each of 1,000 minutes, and for each 1,000 statements: 4 puts, 6 gets, no hour of compaction.
    expect(lineOf('s3Puts', million, written)).toBeCloseTo(2_000 * 4 * 5e-6);
    expect(lineOf('s3Gets', million, written)).toBeCloseTo(2_000 * 6 * 0.4e-6);
    expect(lineOf('lambdaRequests', million, written)).toBeCloseTo(0.2 * (1 + 0.002));
    const ofLake = lineOf('lambdaGbSeconds', million, written) - lineOf('lambdaGbSeconds', million);
    expect(ofLake).toBeCloseTo(((2_000 * 0.7 * 0.5) / 1e6) * 13.3334);
    const kept = (1e6 * 400) / GB;
    const old = (kept * 2 * 7) / (730 / 24);
    expect(lineOf('s3Storage', { ...million, months: 12 }, written)).toBeCloseTo((12 * kept + old) * 0.023);
  });

  it('has the processor that writes and compacts the lake', () => {
    const written = { assumptions: assume({ ...PLAIN, lakeWriteMs: 0.1, lakeCompactMs: 0.04, lakeRewrites: 3 }) };
    const ofLake = lineOf('lambdaGbSeconds', million, written) - lineOf('lambdaGbSeconds', million);
    const writing = 0.1e-3 * (1_769 / 512) * 0.5;
    const compacting = 3 * 0.04e-3 * (3_008 / 1_024);
    expect(ofLake).toBeCloseTo((writing + compacting) * 13.3334, 6);
  });

  it('has the hours of the compactor and of jobs, busy and idle', () => {
    const clock = { assumptions: assume({ ...PLAIN, compactorRuns: 1_000_000, jobRuns: 1_000_000 }) };
    expect(lineOf('s3Puts', {}, clock)).toBeCloseTo(5 * 5);
    expect(lineOf('lambdaRequests', {}, clock)).toBeCloseTo(2 * 0.2);
    expect(usd('DynamoDB reads', {}, clock)).toBeCloseTo(0.125);
    const busy = { assumptions: assume({ ...PLAIN, compactorRuns: 1_000_000, lakeMinutes: 1_000_000 }) };
    expect(lineOf('s3Puts', million, busy)).toBeCloseTo((4 + 20) * 5);
  });

  it('has what queries read', () => {
    const asked = { assumptions: assume({ ...PLAIN, athenaScannedGb: 1_024 }) };
    expect(usd('Athena', {}, asked)).toBe(5);
  });

  it('has read units', () => {
    expect(usd('DynamoDB reads', { reads: 1_000_000 })).toBeCloseTo(0.125);
    expect(usd('DynamoDB reads', { pages: 1_000_000 })).toBeCloseTo(2.5 * 0.125);
    expect(usd('DynamoDB reads', { pages: 1_000_000, shards: 3 })).toBeCloseTo(5.7 * 0.125);
    expect(usd('DynamoDB reads', { documents: 1_000_000 })).toBeCloseTo(0.125);
    const checked = { assumptions: assume({ ...PLAIN, credentialReads: 1 }) };
    expect(usd('DynamoDB reads', { reads: 1_000_000 }, checked)).toBeCloseTo(2 * 0.125);
  });

  it('has storage, of all months, and recovery of the tables', () => {
    expect(usd('DynamoDB storage', million)).toBeCloseTo(((1e6 * (917 + 4_746)) / GB) * 0.25);
    expect(usd('DynamoDB storage', { ...million, months: 12 })).toBeCloseTo(((12e6 * (917 + 4_746)) / GB) * 0.25);
    expect(usd('DynamoDB point-in-time recovery', million)).toBeCloseTo(((1e6 * 917) / GB) * 0.2);
    expect(usd('DynamoDB storage', { documents: 1_000_000 })).toBeCloseTo(((1e6 * 933) / GB) * 0.25);
  });

  it('has objects', () => {
    const attachments = { ...million, attachments: 1_000_000, attachmentKb: 100, months: 2 };
    expect(lineOf('s3Puts', attachments)).toBeCloseTo(5);
    expect(lineOf('s3Storage', attachments)).toBeCloseTo(((2e6 * 100 * 1_024) / GB) * 0.023);
    expect(lineOf('s3Gets', { attachmentReads: 1_000_000 })).toBeCloseTo(0.4);
    const slower = lineOf('lambdaGbSeconds', attachments) - lineOf('lambdaGbSeconds', million);
    expect(slower).toBeCloseTo((0.1 + 0.1 * 0.15 * (1_769 / 1_024)) * 13.3334);
  });

  it('has logs, which are kept as long as they are set to', () => {
    const logged = (1e6 * 1_050) / GB;
    expect(lineOf('logIngestion', million)).toBeCloseTo(logged * 0.5);
    expect(lineOf('logStorage', { ...million, months: 2 })).toBeCloseTo(logged * 0.15 * 2 * 0.03);
    expect(lineOf('logStorage', { ...million, months: 24, logRetentionDays: 73 })).toBeCloseTo(
      logged * 0.15 * 2.4 * 0.03,
    );
  });

  it('has metrics in the hours with traffic, alarms and a dashboard', () => {
    // Of one function 4, of all of them 12, and 5 errors.
    expect(lineOf('metrics', million)).toBeCloseTo(21 * 0.3);
    expect(lineOf('metrics', { ...million, documents: 1_000 })).toBeCloseTo(25 * 0.3);
    expect(lineOf('metrics', { statements: 73 })).toBeCloseTo(21 * 0.3 * 0.1);
    expect(lineOf('alarms', {})).toBeCloseTo(ASSUMPTIONS.alarms.value * 0.1);
    expect(lineOf('dashboards', {})).toBe(3);
  });

  it('has what the settings bring', () => {
    expect(usd('Secrets Manager', {})).toBeCloseTo(2 * 0.4);
    expect(usd('KMS', {})).toBe(0);
    expect(usd('KMS', { customerManagedKey: true })).toBeCloseTo(1 + 0.25 * 3);
    expect(usd('X-Ray', million)).toBe(0);
    expect(usd('X-Ray', { ...million, tracing: true })).toBeCloseTo(5);
    expect(usd('X-Ray', { statements: 100_000_000, tracing: true })).toBeCloseTo((2.628 + 5) * 5);
    expect(usd('CloudFront and WAF', million)).toBe(0);
    expect(usd('CloudFront and WAF', { ...million, edge: true })).toBeCloseTo(
      1 + 5 + 2 + 0.6 + ((1e6 * 40) / GB) * 0.085,
    );
  });

  it('has transfer to the internet, from the gateway or from CloudFront', () => {
    expect(usd('Data transfer out', { pages: 1_000_000 })).toBeCloseTo(((1e6 * 50 * 1_330) / GB) * 0.09);
    expect(usd('Data transfer out', { pages: 1_000_000, edge: true })).toBe(0);
    const headed = { assumptions: assume({ ...PLAIN, replyHeaderBytes: 700 }) };
    expect(usd('Data transfer out', { reads: 1_000_000 }, headed)).toBeCloseTo(((1e6 * 2_030) / GB) * 0.09);
  });

  it('has the prices of the region', () => {
    expect(usd('DynamoDB writes', million, { region: 'eu-west-1' })).toBeCloseTo(9 * 0.705);
  });
});

describe('what is free', () => {
  it('is taken off every month', () => {
    const free = { freeTier: true };
    expect(bill({}, free).total).toBeCloseTo((ASSUMPTIONS.alarms.value - 10) * 0.1 + 2 * 0.4);
    expect(lineOf('lambdaRequests', { statements: 3_000_000 }, free)).toBeCloseTo(0.4);
    expect(usd('DynamoDB storage', { statements: 1_000_000 }, free)).toBe(0);
    expect(usd('DynamoDB writes', { statements: 1_000_000 }, free)).toBeCloseTo(9 * 0.625);
  });
});

const anAmount = fc.nat({ max: 2_000_000 });
const aWorkload = fc.record({
  statements: anAmount,
  batch: fc.constantFrom(...BATCHES),
  reads: anAmount,
  pages: anAmount,
  documents: anAmount,
  attachments: fc.constant(0),
  attachmentKb: fc.integer({ min: 1, max: 4_500 }),
  attachmentReads: anAmount,
  months: fc.integer({ min: 1, max: 60 }),
  memory: fc.integer({ min: 128, max: 10_240 }),
  shards: fc.integer({ min: 1, max: 10 }),
  logRetentionDays: fc.integer({ min: 1, max: 400 }),
  customerManagedKey: fc.boolean(),
  edge: fc.boolean(),
  tracing: fc.boolean(),
});

describe('every bill', () => {
  it('is the sum of its components, and of its lines, none of them negative', () => {
    fc.assert(
      fc.property(aWorkload, fc.boolean(), (workload, freeTier) => {
        const { lines, components, total } = bill(workload, { freeTier });
        expect(lines.map(({ name }) => name)).toEqual(PRICE_NAMES);
        expect(components.map(({ component }) => component)).toEqual(COMPONENTS);
        for (const parts of [lines, components]) {
          expect(parts.reduce((sum, part) => sum + part.usd, 0)).toBeCloseTo(total);
          expect(parts.every((part) => part.usd >= 0)).toBe(true);
        }
      }),
    );
  });

  it('rises with every volume and every month', () => {
    const volumes = ['statements', 'reads', 'pages', 'documents', 'attachmentReads', 'months', 'shards'] as const;
    fc.assert(
      fc.property(aWorkload, fc.constantFrom(...volumes), fc.nat({ max: 1_000_000 }), (workload, name, more) => {
        const least = bill(workload).total;
        expect(bill({ ...workload, [name]: workload[name] + more }).total).toBeGreaterThanOrEqual(least - 1e-9);
      }),
    );
  });

  it('rises with attachments', () => {
    fc.assert(
      fc.property(aWorkload, fc.double({ min: 0, max: 1, noNaN: true }), (workload, share) => {
        const attachments = Math.floor((workload.statements / workload.batch) * share);
        expect(bill({ ...workload, attachments }).total).toBeGreaterThanOrEqual(bill(workload).total - 1e-9);
      }),
    );
  });

  it('is never higher with what is free', () => {
    fc.assert(
      fc.property(aWorkload, (workload) => {
        expect(bill(workload, { freeTier: true }).total).toBeLessThanOrEqual(bill(workload).total);
      }),
    );
  });

  it('has fixed costs only, without any traffic', () => {
    const none = { statements: 0, reads: 0, pages: 0, documents: 0, attachmentReads: 0 };
    fc.assert(
      fc.property(aWorkload, (workload) => {
        const fixed = ['alarms', 'dashboards', 'secrets', 'kmsKeys', 'kmsRequests', 'wafAcls', 'wafRules'];
        const { lines } = bill({ ...workload, ...none });
        expect(lines.filter((line) => line.usd > 0 && !fixed.includes(line.name))).toEqual([]);
      }),
    );
  });
});

describe('quantities', () => {
  it('of two workloads together are those of each, but for what is fixed and the rounding of arrays', () => {
    const fixed = new Set([
      'metrics',
      'alarms',
      'dashboards',
      'secrets',
      'kmsKeys',
      'kmsRequests',
      'wafAcls',
      'wafRules',
      'traces',
    ]);
    fc.assert(
      fc.property(aWorkload, anAmount, anAmount, anAmount, (workload, statements, reads, documents) => {
        const { batch } = workload;
        const one = { ...workload, statements: workload.statements * batch };
        const two = { ...one, statements: statements * batch, reads, documents, pages: 0, attachmentReads: 0 };
        const both = {
          ...one,
          statements: one.statements + two.statements,
          reads: one.reads + reads,
          documents: one.documents + documents,
        };
        const [first, second, sum] = [one, two, both].map((each) =>
          quantitiesOf(
            each,
            assume({ keeperRuns: 0, compactorRuns: 0, jobRuns: 0, lakeMinutes: 0, athenaScannedGb: 0 }),
          ),
        );
        for (const name of PRICE_NAMES.filter((known) => !fixed.has(known))) {
          const expected = (first?.[name] ?? NaN) + (second?.[name] ?? NaN);
          expect(Math.abs((sum?.[name] ?? NaN) - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, expected));
        }
      }),
    );
  });
});

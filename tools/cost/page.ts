import { ALWAYS_ON, alwaysOnCost, MEASURED_RATES, peakRate } from './always-on.ts';
import { ASSUMPTION_NAMES, ASSUMPTIONS, assume } from './assumptions.ts';
import { type Bill, billOf } from './bill.ts';
import { breakEven } from './break-even.ts';
import { CAPACITY } from './capacity.ts';
import { COMPONENTS, PRICE_NAMES, PRICED, type Price, type PriceList } from './prices.ts';
import { REGIONS } from './regions.ts';
import { dollars, perMillion, report } from './report.ts';
import { DEFAULT_WORKLOAD, type Workload } from './workload.ts';

/** The tables of `docs/operations/cost.md` and `docs/data-model.md` that the model and its figures give, in Markdown. */

const VOLUMES = [1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
const EXAMPLE = { statements: 1e6, reads: 1e5 };
const PRICES = usEast1();

function usEast1(): PriceList {
  const found = REGIONS.find(({ region }) => region === 'us-east-1');
  if (found === undefined) throw new Error('The prices of us-east-1 are missing.');
  return found;
}

/** For ten statements stored: one read by id, one state written and read; a page for a hundred. */
function mixOf(statements: number, overrides: Partial<Workload> = {}): Workload {
  const reads = Math.round(statements / 10);
  const pages = Math.round(statements / 100);
  return { ...DEFAULT_WORKLOAD, statements, reads, documents: reads, pages, ...overrides };
}

function total(workload: Workload, prices = PRICES, assumptions = assume()): number {
  return billOf(workload, { prices, assumptions, freeTier: false }).total;
}

export const TABLES: Readonly<Record<string, () => string>> = {
  example: () => {
    const workload = { ...DEFAULT_WORKLOAD, ...EXAMPLE };
    const bill = billOf(workload, { prices: PRICES, assumptions: assume(), freeTier: false });
    return `\`\`\`\n${report(bill, { workload, freeTier: false }, PRICES.region)}\n\`\`\`\n`;
  },
  million,
  volumes,
  capacity,
  'break-even': breakEvens,
  levers,
  'always-on': alwaysOn,
  assumptions: () =>
    table(
      ['name', 'value', 'unit', 'source'],
      ASSUMPTION_NAMES.map((name) => {
        const { value, unit, source } = ASSUMPTIONS[name];
        return [`\`${name}\``, String(value), unit, source];
      }),
    ),
  prices: priceTable,
};

/** What one more million of statements adds, when there are so many that fixed costs are not felt. */
function million(): string {
  const bills = ([1, 50] as const).map((batch) => {
    const [before, after] = [1e7, 1.1e7].map((statements) => {
      const workload = { ...DEFAULT_WORKLOAD, statements, batch };
      return billOf(workload, { prices: PRICES, assumptions: assume(), freeTier: false });
    });
    const added = (component: string) => usdOf(after, component) - usdOf(before, component);
    return { added, total: (after?.total ?? 0) - (before?.total ?? 0) };
  });
  const rows = COMPONENTS.map((component) => [component, ...bills.map(({ added }) => added(component))] as const);
  const shown = rows.filter(([, ...usd]) => usd.some((value) => value >= 0.005));
  const all = [...shown, ['all', ...bills.map((bill) => bill.total)] as const];
  return table(
    ['USD for one million statements more', 'one by one', 'in 50s'],
    all.map(([name, ...usd]) => [name, ...usd.map(dollars)]),
  );
}

function usdOf(bill: Bill | undefined, component: string): number {
  return bill?.components.find((part) => part.component === component)?.usd ?? 0;
}

function volumes(): string {
  const months = [1, 12];
  const rows = VOLUMES.map((statements) => {
    const ours = ([1, 50] as const).flatMap((batch) => {
      const [first = 0, twelfth = 0] = months.map((month) => total(mixOf(statements, { batch, months: month })));
      return [dollars(first), perMillion(first, statements), dollars(twelfth)];
    });
    const others = ALWAYS_ON.map((setUp) => {
      return keepsUp(statements) ? dollars(alwaysOnCost(setUp, statements, 12)) : 'too slow';
    });
    return [statements.toLocaleString('en-US'), ...ours, ...others];
  });
  const ours = ['month 1', 'per million', 'month 12'];
  const head = [
    'statements a month',
    ...ours.map((name) => `one by one: ${name}`),
    ...ours.map((name) => `in 50s: ${name}`),
  ];
  return table([...head, ...ALWAYS_ON.map(({ name }) => `${name}: month 12`)], rows);
}

/** One at a time, at the busiest moment, against the best that was measured. */
function keepsUp(statements: number): boolean {
  return peakRate(statements, ASSUMPTIONS.peakFactor.value) <= MEASURED_RATES[1].most;
}

function breakEvens(): string {
  const rows = ([1, 50] as const).map((batch) => [
    batch === 1 ? 'one by one' : `in ${batch}s`,
    ...ALWAYS_ON.flatMap((setUp) =>
      [1, 12].map((months) => {
        const found = breakEven(
          (statements) => total(mixOf(statements, { batch, months })),
          (statements) => alwaysOnCost(setUp, statements, months),
        );
        return found === undefined ? '–' : found.toLocaleString('en-US');
      }),
    ),
  ]);
  return table(['dearer from', ...ALWAYS_ON.flatMap(({ name }) => [`${name}, month 1`, `${name}, month 12`])], rows);
}

function levers(): string {
  const statements = 1e7;
  const months = 12;
  const bill = (overrides: Partial<Workload>, prices = PRICES, assumptions = assume()) =>
    total(mixOf(statements, { months, ...overrides }), prices, assumptions);
  const before = bill({});
  const rows: readonly (readonly [string, number])[] = [
    ['as it is deployed, one by one', before],
    ['arrays of 10', bill({ batch: 10 })],
    ['arrays of 50', bill({ batch: 50 })],
    ['Standard-IA table class', bill({}, INFREQUENT_ACCESS)],
    ['arrays of 50 and Standard-IA', bill({ batch: 50 }, INFREQUENT_ACCESS)],
    ['provisioned capacity, used to 70 %', bill({}, provisioned(0.7))],
    ['logs kept for 7 days', bill({ logRetentionDays: 7 })],
    ['memory of 512 MB', bill({ memory: 512 })],
    ['CloudFront and WAF in front', bill({ edge: true })],
    ['X-Ray', bill({ tracing: true })],
    ['a key of your own', bill({ customerManagedKey: true })],
  ];
  return table(
    ['setting', 'USD in month 12', 'difference'],
    rows.map(([name, usd]) => [name, dollars(usd), usd === before ? '–' : difference(usd / before - 1)]),
  );
}

function difference(share: number): string {
  return `${share > 0 ? '+' : '−'}${Math.abs(share * 100).toFixed(1)} %`;
}

function withPrices(usd: Partial<Readonly<Record<keyof typeof PRICED, number>>>, date: string): PriceList {
  const changed = Object.entries(usd).map(([name, value]) => [name, { tiers: [{ usd: value }], date }] as const);
  return { ...PRICES, prices: { ...PRICES.prices, ...Object.fromEntries(changed) } };
}

/** `us-east-1`, AWS price list of 2026-08-15. */
const INFREQUENT_ACCESS = withPrices(
  { dynamoDbWrites: 0.78, dynamoDbReads: 0.155, dynamoDbStorage: 0.1 },
  '2026-08-15',
);

/** `us-east-1`: $0.00065 and $0.00013 for a unit a second and hour, whether it is used or not. */
function provisioned(used: number): PriceList {
  const perMillionUsed = (usdPerHour: number) => (usdPerHour / 3_600 / used) * 1e6;
  return withPrices({ dynamoDbWrites: perMillionUsed(0.00065), dynamoDbReads: perMillionUsed(0.00013) }, '2026-11-22');
}

function alwaysOn(): string {
  const rows = ALWAYS_ON.flatMap(({ name, parts, usdPerGb }) => [
    ...parts.map((part) => [
      name,
      part.name,
      String(part.count),
      `${rate(part.usdPerHour)} an hour`,
      dollars(part.count * part.usdPerHour * 730),
    ]),
    [
      name,
      'gp3 disk of the database',
      '20 GB or more',
      `${rate(usdPerGb)} a GB and month`,
      `${dollars(20 * usdPerGb)} or more`,
    ],
  ]);
  return table(['set-up', 'part', 'count', 'USD', 'USD a month'], rows);
}

function rate(usd: number): string {
  return String(Number(usd.toFixed(4)));
}

function capacity(): string {
  return table(
    ['operation', 'round trips', 'write units', 'read units', 'S3 puts', 'S3 gets'],
    Object.entries(CAPACITY).map(([name, { roundTrips, writeUnits, readUnits, s3Puts, s3Gets }]) =>
      [name, roundTrips, writeUnits, readUnits, s3Puts, s3Gets].map(String),
    ),
  );
}

function priceTable(): string {
  return table(
    ['name', 'page', 'per', ...REGIONS.map(({ region }) => region), ...REGIONS.map(({ region }) => `${region}: date`)],
    PRICE_NAMES.map((name) => {
      const prices = REGIONS.map((region) => region.prices[name]);
      const { page, per } = PRICED[name];
      return [`\`${name}\``, page, per, ...prices.map(tiers), ...prices.map(({ date }) => date)];
    }),
  );
}

function tiers({ tiers: all }: Price): string {
  return all
    .map(({ usd, upTo }) => (upTo === undefined ? usd : `${usd} up to ${upTo.toLocaleString('en-US')}, then`))
    .join(' ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

import type { Assumptions } from './assumptions.ts';
import { type Component, COMPONENTS, costOf, PRICE_NAMES, PRICED, type PriceList, type PriceName } from './prices.ts';
import { type Quantities, quantitiesOf } from './quantities.ts';
import type { Workload } from './workload.ts';

export interface BillLine {
  readonly name: PriceName;
  readonly component: Component;
  readonly quantity: number;
  readonly per: string;
  readonly usd: number;
}

export interface BillComponent {
  readonly component: Component;
  readonly usd: number;
}

/** US dollars for one month, without taxes and support. */
export interface Bill {
  readonly lines: readonly BillLine[];
  readonly components: readonly BillComponent[];
  readonly total: number;
}

/**
 * What is free every month, for each account, without end. API Gateway's and S3's allowances end after a year and are
 * not among it.
 */
const FREE: Partial<Quantities> = {
  lambdaRequests: 1,
  lambdaGbSeconds: 0.4,
  dynamoDbStorage: 25,
  logIngestion: 5,
  metrics: 10,
  alarms: 10,
  dashboards: 3,
  kmsRequests: 0.02,
  traces: 0.1,
  cdnRequests: 10,
  cdnTransfer: 1_024,
  transferOut: 100,
};

export interface BillContext {
  readonly prices: PriceList;
  readonly assumptions: Assumptions;
  readonly freeTier: boolean;
}

export function billOf(workload: Workload, { prices, assumptions, freeTier }: BillContext): Bill {
  const quantities = quantitiesOf(workload, assumptions);
  const lines = PRICE_NAMES.map((name): BillLine => {
    const { component, per } = PRICED[name];
    const quantity = Math.max(0, quantities[name] - (freeTier ? (FREE[name] ?? 0) : 0));
    return { name, component, quantity, per, usd: costOf(quantity, prices.prices[name].tiers) };
  });
  const components = COMPONENTS.map((component) => ({
    component,
    usd: sum(lines.filter((line) => line.component === component)),
  }));
  return { lines, components, total: sum(lines) };
}

function sum(lines: readonly { readonly usd: number }[]): number {
  return lines.reduce((usd, line) => usd + line.usd, 0);
}

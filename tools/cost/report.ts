import type { Bill } from './bill.ts';
import type { CostOptions } from './options.ts';

const MILLION = 1_000_000;

/** The bill as a table for people: components, their share, and what each comes to for a million statements stored. */
export function report(
  bill: Bill,
  { workload, freeTier }: Pick<CostOptions, 'workload' | 'freeTier'>,
  region: string,
): string {
  const { statements, batch, months } = workload;
  const rows = bill.components
    .filter(({ usd }) => usd > 0)
    .sort((a, b) => b.usd - a.usd)
    .map(({ component, usd }) => [component, dollars(usd), share(usd, bill.total), perMillion(usd, statements)]);
  const totals = ['Total', dollars(bill.total), share(bill.total, bill.total), perMillion(bill.total, statements)];
  const size = batch === 1 ? 'one at a time' : `${batch} to a request`;
  const free = freeTier ? ', less what is free' : '';
  return [
    `${region}, month ${months}, ${statements.toLocaleString('en-US')} statements a month, ${size}${free}`,
    '',
    ...table(['', 'USD a month', 'share', 'USD per million statements'], [...rows, totals]),
  ].join('\n');
}

/** The same for programs, with every price and quantity. */
export function reportJson(bill: Bill, options: CostOptions, region: string): string {
  const { workload, assumptions, freeTier } = options;
  const { statements } = workload;
  const perMillionStatements = statements === 0 ? null : (bill.total / statements) * MILLION;
  return JSON.stringify({ region, workload, freeTier, assumptions, ...bill, perMillionStatements }, null, 2);
}

/** US dollars as people read them: cents up to a thousand. */
export function dollars(usd: number): string {
  const digits = usd < 1_000 ? 2 : 0;
  return usd.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function perMillion(usd: number, statements: number): string {
  return statements === 0 ? '–' : dollars((usd / statements) * MILLION);
}

function share(usd: number, total: number): string {
  return total === 0 ? '–' : `${((usd / total) * 100).toFixed(1)} %`;
}

/** The first column to the left, all others to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => cells[column]?.length ?? 0)));
  return [head, ...rows].map((cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}

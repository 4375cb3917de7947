import { describe, expect, it } from 'vitest';
import { billOf } from '#tools/cost/bill.ts';
import { readOptions } from '#tools/cost/options.ts';
import { REGIONS } from '#tools/cost/regions.ts';
import { dollars, report, reportJson } from '#tools/cost/report.ts';

function billFor(...parameters: readonly string[]) {
  const options = readOptions(parameters);
  const [prices] = REGIONS;
  if (prices === undefined) throw new Error('There are no prices.');
  return { options, bill: billOf(options.workload, { ...options, prices }) };
}

describe('the report', () => {
  it('lists components by their size, with share and cost for a million statements', () => {
    const { options, bill } = billFor('--statements', '2M', '--batch', '50', '--free-tier');
    const [title, , ...lines] = report(bill, options, 'us-east-1').split('\n');
    expect(title).toBe('us-east-1, month 1, 2,000,000 statements a month, 50 to a request, less what is free');
    expect(lines[2]).toMatch(/^DynamoDB writes +4\.11 +\d\d\.\d % +2\.05$/u);
    expect(lines.at(-1)).toMatch(/^Total +[\d.]+ +100\.0 % +[\d.]+$/u);
    const shares = lines.slice(1, -1).map((line) => Number(/(?<share>[\d.]+) %/u.exec(line)?.groups?.['share']));
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
  });

  it('has no cost for a million when there are none', () => {
    const { options, bill } = billFor('--statements', '0');
    expect(report(bill, options, 'us-east-1')).toMatch(/Total .* –$/u);
    expect(JSON.parse(reportJson(bill, options, 'us-east-1'))).toMatchObject({ perMillionStatements: null });
  });

  it('has no shares when nothing costs anything', () => {
    const { options, bill } = billFor();
    expect(report({ ...bill, components: [], total: 0 }, options, 'us-east-1')).toMatch(/Total +0\.00 +– +0\.00$/u);
  });

  it('is the whole bill as JSON', () => {
    const { options, bill } = billFor('--statements', '1M');
    const parsed: unknown = JSON.parse(reportJson(bill, options, 'us-east-1'));
    expect(parsed).toMatchObject({ region: 'us-east-1', workload: options.workload, ...bill });
    expect(parsed).toHaveProperty('perMillionStatements', bill.total);
  });

  it('has cents up to a thousand dollars', () => {
    expect([0, 0.456, 999.99, 1_000, 12_345.6].map(dollars)).toEqual(['0.00', '0.46', '999.99', '1,000', '12,346']);
  });
});

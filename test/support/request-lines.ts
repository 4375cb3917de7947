import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { expect } from 'vitest';
import { ROUTES } from '#lib/routes.ts';
import { type MetricRecord, readMetricRecords } from '#test/support/metric-records.ts';

type Path = (typeof ROUTES)[number]['path'];

/** The metrics of the one line of a request, by name. */
export function requestMetricsIn(lines: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(requestRecords(lines).map(({ name, value }) => [name, value]));
}

/** Expects of what was logged that it has one line for the request, and that its metrics agree with the answer. */
export function expectLogged(
  lines: readonly string[],
  path: Path,
  { statusCode = 0, headers = {} }: APIGatewayProxyStructuredResultV2,
): void {
  const all = lines.map((line): { readonly message: string } => JSON.parse(line));
  const [line, ...more] = all.filter(({ message }) => message === 'request');
  const resource = ROUTES.find((route) => route.path === path)?.function;
  expect(more).toEqual([]);
  expect(line).toMatchObject({ requestId: headers['X-Request-Id'], resource, status: statusCode });
  const records = requestRecords(lines);
  const counted = records.map(({ name }) => name);
  expect(counted.includes('ClientErrors')).toBe(statusCode >= 400 && statusCode < 500);
  expect(counted.includes('ServerErrors')).toBe(statusCode >= 500);
  expect(records.find(({ name }) => name === 'Latency')).toMatchObject({
    namespace: 'ServerlessLrs/test',
    unit: 'Milliseconds',
    dimensions: { resource },
  });
  expect(records.every(({ value }) => value >= 0)).toBe(true);
}

function requestRecords(lines: readonly string[]): readonly MetricRecord[] {
  return lines.flatMap(readMetricRecords).filter(({ name }) => name !== 'ErrorsLogged');
}

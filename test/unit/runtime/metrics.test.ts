import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogger } from '#runtime/logger.ts';
import { type Metric, METRICS } from '#runtime/metric-names.ts';
import { readMetricRecords } from '#test/support/metric-records.ts';

const NAMES = Object.keys(METRICS);
const fields = { resource: 'about', code: 'body-invalid' };

const arbitraryValues = fc.record(
  Object.fromEntries(
    NAMES.map((name) => [name, fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true }))]),
  ),
  { requiredKeys: [] },
);

describe('a line with metrics (Embedded Metric Format of CloudWatch)', () => {
  it('is valid, and has each metric with its unit, its dimensions and its value, and its total where it has one', () => {
    fc.assert(
      fc.property(arbitraryValues, fc.nat(), (values, time) => {
        const lines: string[] = [];
        const logger = createLogger(
          'error',
          (line) => lines.push(line),
          () => time,
          'ServerlessLrs/lrs-prod',
        );
        logger.measure('request', fields, values);
        const records = readMetricRecords(lines.join());
        const expected = Object.entries<Metric>(METRICS).flatMap(([name, { unit, dimensions, total }]) => {
          const value = values[name];
          if (value === undefined) return [];
          const read = Object.fromEntries(dimensions.map((dimension) => [dimension, fields[dimension]]));
          // JSON has no negative zero.
          const record = { namespace: 'ServerlessLrs/lrs-prod', name, unit, dimensions: read, value: value + 0 };
          return total ? [record, { ...record, dimensions: {} }] : [record];
        });
        expect(records.toSorted(byName)).toEqual(expected.toSorted(byName));
        expect(JSON.parse(lines.join())).toMatchObject({ _aws: { Timestamp: time } });
      }),
    );
  });

  it.each([
    ['a metric that is no number', aRecord({}, { L: null }), 'L is no number'],
    ['a metric that is missing', aRecord({ Metrics: [{ Name: 'M', Unit: 'Count' }] }), 'M is no number'],
    ['a dimension that is missing', aRecord({ Dimensions: [['d']] }), 'undefined is no text'],
    ['an unknown unit', aRecord({ Metrics: [{ Name: 'L', Unit: 'ms' }] }), 'a unit of CloudWatch, not ms'],
    ['no dimension set', aRecord({ Dimensions: [] }), 'at least one dimension set'],
    ['a namespace of AWS', aRecord({ Namespace: 'AWS/Lambda' }), 'a namespace of CloudWatch'],
    ['a member too many', aRecord({ Level: 'info' }), 'exactly the members'],
  ])('is told to be invalid with %s', (_, record, problem) => {
    expect(() => readMetricRecords(JSON.stringify(record))).toThrow(problem);
  });
});

/** A record of one metric `L`, with what a test is about in the place of what is right. */
function aRecord(directive: object, members: object = {}): object {
  const right = { Namespace: 'lrs', Dimensions: [[]], Metrics: [{ Name: 'L', Unit: 'Count' }] };
  return { _aws: { Timestamp: 1, CloudWatchMetrics: [{ ...right, ...directive }] }, L: 1, ...members };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

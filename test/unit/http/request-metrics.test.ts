import { describe, expect, it } from 'vitest';
import { requestMetrics } from '#http/request-metrics.ts';
import type { Reply } from '#http/reply.ts';
import type { ResourceName } from '#runtime/metric-names.ts';
import type { MetricValues } from '#runtime/metrics.ts';

function metricsOf(
  method: string,
  reply: Pick<Reply, 'status' | 'facts'>,
  resource: ResourceName = 'statements',
): MetricValues {
  return requestMetrics({ method }, reply, { resource, first: false, milliseconds: 7 });
}

describe('the metrics of a request', () => {
  it('are its latency alone when there is nothing to count', () => {
    expect(metricsOf('GET', { status: 200 })).toEqual({ Latency: 7 });
    expect(metricsOf('GET', { status: 200, facts: { stored: 0, returned: 0 } })).toEqual({ Latency: 7 });
  });

  it('count the first request of a process', () => {
    const measured = { resource: 'about', first: true, milliseconds: 7 } as const;
    expect(requestMetrics({ method: 'GET' }, { status: 200 }, measured)).toEqual({ Latency: 7, ColdStarts: 1 });
  });

  it('count statements', () => {
    expect(metricsOf('POST', { status: 200, facts: { stored: 3 } })).toEqual({
      Latency: 7,
      StatementWrites: 1,
      StatementsStored: 3,
    });
    expect(metricsOf('GET', { status: 200, facts: { returned: 2 } })).toEqual({ Latency: 7, StatementsReturned: 2 });
  });

  it.each([
    [304, undefined],
    [400, 'ClientErrors'],
    [403, 'ClientErrors'],
    [499, 'ClientErrors'],
    [500, 'ServerErrors'],
    [503, 'ServerErrors'],
  ])('tell of status %i that it is one of %s', (status, name) => {
    expect(metricsOf('GET', { status })).toEqual({ Latency: 7, ...(name !== undefined && { [name]: 1 }) });
  });

  it('count who is not let in, and who asks too much', () => {
    expect(metricsOf('GET', { status: 401 })).toEqual({ Latency: 7, ClientErrors: 1, AuthenticationsFailed: 1 });
    expect(metricsOf('GET', { status: 429 })).toEqual({ Latency: 7, ClientErrors: 1, RequestsLimited: 1 });
  });

  it.each([
    ['PUT', 'statements', 204, true],
    ['POST', 'statements', 503, true],
    ['GET', 'statements', 200, false],
    ['POST', 'activities-state', 204, false],
  ] as const)('count %s to %s with %i as a write of statements: %s', (method, resource, status, counted) => {
    expect('StatementWrites' in metricsOf(method, { status }, resource)).toBe(counted);
  });

  it.each([
    ['PUT', 'statements', 400, true],
    ['POST', 'statements', 409, true],
    ['GET', 'statements', 400, false],
    ['POST', 'statements', 503, false],
    ['PUT', 'activities-state', 400, false],
  ] as const)('of %s to %s with %i tell whether statements were refused: %s', (method, resource, status, refused) => {
    const values = metricsOf(method, { status, facts: { code: 'body-invalid' } }, resource);
    expect('StatementWritesRefused' in values).toBe(refused);
  });
});

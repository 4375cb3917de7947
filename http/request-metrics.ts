import type { Reply } from '#http/reply.ts';
import type { HttpRequest } from '#http/request.ts';
import type { ResourceName } from '#runtime/metric-names.ts';
import type { MetricValues } from '#runtime/metrics.ts';

/** Who answered, and how. */
export interface Measured {
  readonly resource: ResourceName;
  /** Whether it was the first request of the process. */
  readonly first: boolean;
  readonly milliseconds: number;
}

/** What a request and its answer count for. A count of zero is left out. */
export function requestMetrics(
  { method }: Pick<HttpRequest, 'method'>,
  { status, facts = {} }: Pick<Reply, 'status' | 'facts'>,
  { resource, first, milliseconds }: Measured,
): MetricValues {
  const refused = status >= 400 && status < 500;
  const writes = resource === 'statements' && (method === 'PUT' || method === 'POST');
  const { stored = 0, returned = 0, code } = facts;
  return {
    Latency: milliseconds,
    ...(first && { ColdStarts: 1 }),
    ...(refused && { ClientErrors: 1 }),
    ...(status >= 500 && { ServerErrors: 1 }),
    ...(writes && { StatementWrites: 1 }),
    ...(refused && writes && code !== undefined && { StatementWritesRefused: 1 }),
    ...(status === 401 && { AuthenticationsFailed: 1 }),
    ...(status === 429 && { RequestsLimited: 1 }),
    ...(stored > 0 && { StatementsStored: stored }),
    ...(returned > 0 && { StatementsReturned: returned }),
  };
}

import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

export interface SavedQuery {
  readonly name: string;
  /** What wrote the lines: functions, the gateway, or both. */
  readonly of: 'functions' | 'gateway' | 'both';
  readonly query: string;
}

/**
 * Queries of Logs Insights for what operators ask first. They are written out in `docs/operations/runbook.md`, too. The
 * members of the lines are those of `docs/reference/metrics.md` and of the access log in `lib/constructs/lrs-http-api.ts`.
 */
export const SAVED_QUERIES: readonly SavedQuery[] = [
  {
    name: 'request by id',
    of: 'both',
    query: `fields @timestamp, @log, level, message, resource, method, status, code, Latency, credential, stack, detail
| filter requestId = "REQUEST-ID"
| sort @timestamp`,
  },
  {
    name: 'errors with their stacks',
    of: 'functions',
    query: `fields @timestamp, message, requestId, stack, detail
| filter level in ["error", "warn"]
| sort @timestamp desc
| limit 100`,
  },
  {
    name: 'functions that died',
    of: 'functions',
    query: `fields @timestamp, @log, type, record.status, record.errorType, record.requestId
| filter type like /^platform\\./
| sort @timestamp desc
| limit 100`,
  },
  {
    name: 'answers of the gateway itself',
    of: 'gateway',
    query: `filter gatewayError != "-" or integrationError != "-"
| stats count(*) as requests by status, gatewayError, integrationError, route
| sort requests desc`,
  },
  {
    name: 'refusals by reason',
    of: 'functions',
    query: `filter message = "request" and status >= 400 and status < 500
| stats count(*) as requests by code, resource, method, credential
| sort requests desc`,
  },
  {
    name: 'slowest requests',
    of: 'functions',
    query: `filter message = "request"
| fields @timestamp, resource, method, status, Latency, ColdStarts, StatementsStored, StatementsReturned, requestId
| sort Latency desc
| limit 50`,
  },
  {
    name: 'latency by resource',
    of: 'functions',
    query: `filter message = "request"
| stats count(*) as requests, pct(Latency, 50) as p50, pct(Latency, 95) as p95, max(Latency) as slowest
    by resource, method
| sort p95 desc`,
  },
  {
    name: 'requests of a credential',
    of: 'functions',
    query: `filter message = "request" and credential = "CREDENTIAL-KEY"
| fields @timestamp, resource, method, status, code, StatementsStored, StatementsReturned, requestId
| sort @timestamp desc
| limit 1000`,
  },
];

export interface SavedQueriesProps {
  /** Of the LRS; queries are listed below it. */
  readonly name: string;
  readonly functions: readonly ILogGroup[];
  readonly gateway: ILogGroup;
}

export function saveQueries(scope: Construct, { name, functions, gateway }: SavedQueriesProps): void {
  const groups = { functions, gateway: [gateway], both: [...functions, gateway] };
  for (const saved of SAVED_QUERIES) {
    new CfnQueryDefinition(scope, `Query-${saved.name.replaceAll(' ', '-')}`, {
      name: `${name}/${saved.name}`,
      queryString: saved.query,
      logGroupNames: groups[saved.of].map((group) => group.logGroupName),
    });
  }
}

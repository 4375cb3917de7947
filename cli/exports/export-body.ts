import { EXPORT_FORMATS } from '#access/job.ts';
import type { JsonObject } from '#cli/api/json.ts';
import { wrongUsage } from '#cli/failure.ts';
import { readAgent } from '#cli/options/actor.ts';
import { readColumns } from '#cli/options/columns.ts';
import { readCount } from '#cli/options/count.ts';
import { readPeriod } from '#cli/options/time.ts';

/** What commander makes of the command line. */
export interface ExportOptions {
  readonly store?: string;
  readonly agent?: string;
  readonly verb?: string;
  readonly activity?: string;
  readonly registration?: string;
  readonly relatedAgents?: boolean;
  readonly relatedActivities?: boolean;
  readonly since?: string;
  readonly until?: string;
  readonly limit?: string;
  readonly ascending?: boolean;
  readonly statement?: string;
  readonly voidedStatement?: string;
  readonly statementFormat?: string;
  readonly format?: string;
  readonly columns?: string;
  readonly attachments?: boolean;
  readonly language?: string;
  readonly output?: string;
  readonly wait?: boolean;
}

/** As the API takes it. What statements can have, the LRS says. @throws Failure 2 */
export function exportBody(options: ExportOptions): JsonObject {
  const { format, columns, attachments, language } = options;
  if (format !== undefined && !EXPORT_FORMATS.some((known) => known === format)) {
    throw wrongUsage(`--format is ${JSON.stringify(format)}; it has to be one of ${EXPORT_FORMATS.join(', ')}.`);
  }
  if (columns !== undefined && format !== 'csv') {
    throw wrongUsage('--columns is for CSV: give --format csv, too.');
  }
  const query = queryOf(options);
  return {
    ...(Object.keys(query).length > 0 && { query }),
    ...(format !== undefined && { format }),
    ...(columns !== undefined && { columns: readColumns('--columns', columns) }),
    ...(attachments === true && { attachments }),
    ...(language !== undefined && { language }),
  };
}

function queryOf({ statement, voidedStatement, statementFormat, ...options }: ExportOptions): JsonObject {
  const { agent, verb, activity, registration, relatedAgents, relatedActivities, ascending, limit } = options;
  return {
    ...(statement !== undefined && { statementId: statement }),
    ...(voidedStatement !== undefined && { voidedStatementId: voidedStatement }),
    ...(agent !== undefined && { agent: readAgent('--agent', agent) }),
    ...(verb !== undefined && { verb }),
    ...(activity !== undefined && { activity }),
    ...(registration !== undefined && { registration }),
    ...(relatedAgents === true && { related_agents: true }),
    ...(relatedActivities === true && { related_activities: true }),
    ...readPeriod(options),
    ...(limit !== undefined && { limit: readCount('--limit', limit, { min: 1, max: 999_999_999 }) }),
    ...(ascending === true && { ascending }),
    ...(statementFormat !== undefined && { format: statementFormat }),
  };
}

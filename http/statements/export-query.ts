import type { ExportQuery } from '#access/job.ts';
import {
  readStatementParameters,
  type SingleStatementRequest,
  type StatementsRequest,
} from '#http/statements/statement-parameters.ts';

/**
 * A query that came as JSON, by the rules for the parameters of GET statements.
 *
 * @throws XapiError `parameter-invalid` with the name of the member as its path
 */
export function readExportQuery(query: ExportQuery): SingleStatementRequest | StatementsRequest {
  const parameters = Object.entries(query).map(([name, value]) => ({ name, value: textOf(value) }));
  return readStatementParameters(parameters, '2.0.0');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

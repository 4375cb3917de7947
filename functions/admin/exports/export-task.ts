import type { NewExport } from '#access/admin-api.ts';
import type { ExportQuery, ExportTask } from '#access/job.ts';
import { invalidBody } from '#functions/admin/api/refusals.ts';
import { readExportQuery } from '#http/statements/export-query.ts';
import { timestampMilliseconds } from '#xapi/data-types/timestamp.ts';
import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';
import { pathOf, type Step } from '#xapi/statement/paths/parse-path.ts';
import { readPath } from '#xapi/statement/paths/read-path.ts';

/** Of CSV for whom none were named. */
const USUAL_COLUMNS = [
  'id',
  'stored',
  'timestamp',
  'actor.name',
  'actor.mbox',
  'actor.account.homePage',
  'actor.account.name',
  'verb.id',
  'object.id',
  'object.definition.name',
  'object.definition.type',
  'result.score.scaled',
  'result.score.raw',
  'result.success',
  'result.completion',
  'result.response',
  'result.duration',
  'context.registration',
  'context.contextActivities.parent[0].id',
  'authority.account.name',
] as const;

/** @throws XapiError `body-invalid` for what cannot be exported in this way */
export function exportTask({
  query = {},
  format = 'jsonl',
  columns,
  attachments = false,
  language,
}: NewExport): ExportTask {
  checkQuery(query);
  checkPeriod(query);
  if (columns !== undefined && format !== 'csv') throw invalidBody('$.columns', `absent: ${format} has none`, columns);
  if (columns !== undefined) checkColumns(columns);
  if (format === 'parquet' && (query.format ?? 'exact') !== 'exact') {
    throw invalidBody('$.query.format', 'exact, which the columns of parquet are made of', query.format);
  }
  return {
    kind: 'export',
    query,
    format,
    ...(format === 'csv' && { columns: columns ?? USUAL_COLUMNS }),
    attachments,
    ...(language !== undefined && { languages: language }),
  };
}

/** By the rules for the parameters of GET statements, which know nothing of a body. */
function checkQuery(query: ExportQuery): void {
  try {
    readExportQuery(query);
  } catch (error) {
    if (!(error instanceof XapiError)) throw error;
    const { path, message, ...problem } = error.problem;
    const where = path === undefined ? '$.query' : `$.query.${path}`;
    throw new XapiError(
      { ...problem, code: 'body-invalid', message: message.replace('parameter', 'member'), path: where },
      { cause: error },
    );
  }
}

/** GET statements answers with nothing where nothing can be in between; of an export that is seen only when it is done. */
function checkPeriod({ since, until }: ExportQuery): void {
  if (since === undefined || until === undefined) return;
  if (timestampMilliseconds(since) < timestampMilliseconds(until)) return;
  throw invalidBody('$.query.since', `before until, which is ${until}`, since);
}

/** Each leads somewhere, and to another place than the others: texts of megabytes in 200 cells are more than a file can hold. */
function checkColumns(columns: readonly string[]): void {
  const places = new Set<string>();
  for (const [index, column] of columns.entries()) {
    const place = pathOf(stepsOf(column, index));
    if (places.has(place))
      throw invalidBody(`$.columns[${index}]`, 'a column that is not among those before it', column);
    places.add(place);
  }
}

function stepsOf(column: string, index: number): readonly Step[] {
  const steps = readPath(column);
  if (!('message' in steps)) return steps;
  throw new XapiError({
    code: 'body-invalid',
    message: `The column ${shorten(column)} cannot be: ${steps.message}`,
    path: `$.columns[${index}]`,
    expected: steps.expected,
    received: shorten(column),
  });
}

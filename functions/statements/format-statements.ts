import type { AuthorizedRequest } from '#http/request.ts';
import type { ActivityStore } from '#storage/activity-store.ts';
import { forEachBounded } from '#storage/bounded.ts';
import type { StoreId } from '#storage/store-id.ts';
import { languageRanges } from '#xapi/statement/choose-language.ts';
import { canonicalFormat, idsFormat } from '#xapi/statement/format.ts';
import { rewriteStatement } from '#xapi/statement/rewrite.ts';
import type { ActivityDefinition, Statement, StoredStatement } from '#xapi/statement/statement.ts';
import { STATEMENT_BYTES } from '#functions/statements/limits.ts';
import { statementOf } from '#functions/statements/statement-of.ts';
import type { Format } from '#functions/statements/statement-parameters.ts';

/** Reads of definitions that run at once. */
const READS = 16;

/** @returns the JSON of each statement in the format asked for (xAPI 1.0.3, Communication 2.1.3). */
export async function formatStatements(
  activities: ActivityStore,
  { credential, headers }: AuthorizedRequest,
  format: Format,
  stored: readonly StoredStatement[],
): Promise<readonly string[]> {
  if (format === 'exact') return stored.map(({ text }) => text);
  const statements = stored.map(statementOf);
  if (format === 'ids') return statements.map((statement) => JSON.stringify(idsFormat(statement)));
  const definitions = await knownDefinitions(activities, credential.store, statements);
  const ranges = languageRanges(headers['accept-language']);
  return statements.map((statement) => {
    const known = JSON.stringify(canonicalFormat(statement, ranges, (id) => definitions.get(id)));
    // What is known may be far more than the statement said, and would then not fit an answer.
    if (Buffer.byteLength(known) <= STATEMENT_BYTES) return known;
    return JSON.stringify(canonicalFormat(statement, ranges, () => undefined));
  });
}

async function knownDefinitions(
  activities: ActivityStore,
  store: StoreId,
  statements: readonly Statement[],
): Promise<ReadonlyMap<string, ActivityDefinition>> {
  const definitions = new Map<string, ActivityDefinition>();
  await forEachBounded(activityIdsOf(statements), READS, async (id) => {
    const definition = (await activities.get(store, id))?.definition;
    if (definition !== undefined) definitions.set(id, definition);
  });
  return definitions;
}

function activityIdsOf(statements: readonly Statement[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const statement of statements) {
    rewriteStatement(statement, {
      agent: (agent) => agent,
      group: (group) => group,
      verb: (verb) => verb,
      activity: (activity) => {
        ids.add(activity.id);
        return activity;
      },
    });
  }
  return ids;
}

import { STATEMENT_BYTES } from '#http/statements/limits.ts';
import type { Format } from '#http/statements/statement-parameters.ts';
import type { ActivityStore } from '#storage/activity-store.ts';
import { forEachBounded } from '#storage/bounded.ts';
import type { StoreId } from '#access/store.ts';
import { type LanguageRange, languageRanges } from '#xapi/statement/choose-language.ts';
import { canonicalFormat, idsFormat, inOneLanguage } from '#xapi/statement/format.ts';
import { rewriteStatement } from '#xapi/statement/rewrite.ts';
import type { ActivityDefinition, Statement, StoredStatement } from '#xapi/statement/statement.ts';
import { statementOf } from '#xapi/statement/statement-of.ts';

/** Reads of definitions that run at once. */
const READS = 16;

/** Bytes of definitions that statements formatted together may be given, and what a read counts as at least. */
const DEFINITIONS_BYTES = 16 * 1024 * 1024;
const READ_BYTES = 4 * 1024;

/** For whom statements are formatted. */
export interface StatementReader {
  readonly store: StoreId;
  /** `Accept-Language` (RFC 9110, 12.5.4). */
  readonly languages: string | undefined;
  /** Whether what is known of the activity may be told. */
  readonly mayKnow: (activityId: string) => boolean;
}

/** @returns the JSON of each statement in the format asked for (xAPI 1.0.3, Communication 2.1.3). */
export async function formatStatements(
  activities: Pick<ActivityStore, 'get'>,
  { store, languages, mayKnow }: StatementReader,
  format: Format,
  stored: readonly StoredStatement[],
): Promise<readonly string[]> {
  if (format === 'exact') return stored.map(({ text }) => text);
  const statements = stored.map(statementOf);
  if (format === 'ids') return statements.map((statement) => JSON.stringify(idsFormat(statement)));
  const ranges = languageRanges(languages);
  // Statements of one's own name activities of others: who may not read what is known of them gets what was sent.
  const wanted = new Set(statements.flatMap(activityIdsOf).filter(mayKnow));
  const definitions = await knownDefinitions(activities, store, wanted, ranges);
  return statements.map((statement) => JSON.stringify(canonical(statement, ranges, definitions)));
}

interface KnownDefinition {
  /** In one language. */
  readonly definition: ActivityDefinition;
  readonly bytes: number;
}

type KnownDefinitions = ReadonlyMap<string, KnownDefinition>;

/** What is known may be far more than the statement said: where it would not fit an answer, the statement stays as sent. */
function canonical(statement: Statement, ranges: readonly LanguageRange[], definitions: KnownDefinitions): Statement {
  const known = activityIdsOf(statement).reduce((sum, id) => sum + (definitions.get(id)?.bytes ?? 0), 0);
  const fits = known === 0 || known + Buffer.byteLength(JSON.stringify(statement)) <= STATEMENT_BYTES;
  return canonicalFormat(statement, ranges, (id) => (fits ? definitions.get(id)?.definition : undefined));
}

async function knownDefinitions(
  activities: Pick<ActivityStore, 'get'>,
  store: StoreId,
  ids: ReadonlySet<string>,
  ranges: readonly LanguageRange[],
): Promise<KnownDefinitions> {
  const definitions = new Map<string, KnownDefinition>();
  let room = DEFINITIONS_BYTES;
  await forEachBounded(ids, READS, async (id) => {
    if (room <= 0) return;
    const found = (await activities.get(store, id))?.definition;
    const definition = found && inOneLanguage(found, ranges);
    const bytes = definition === undefined ? 0 : Buffer.byteLength(JSON.stringify(definition));
    room -= Math.max(bytes, READ_BYTES);
    if (definition !== undefined && room >= 0) definitions.set(id, { definition, bytes });
  });
  return definitions;
}

/** As often as the statement names them. */
function activityIdsOf(statement: Statement): readonly string[] {
  const ids: string[] = [];
  rewriteStatement(statement, {
    agent: (agent) => agent,
    group: (group) => group,
    verb: (verb) => verb,
    activity: (activity) => {
      ids.push(activity.id);
      return activity;
    },
  });
  return ids;
}

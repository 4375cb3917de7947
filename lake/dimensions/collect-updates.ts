import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { ACTIVITY_COLUMNS, ACTOR_COLUMNS, VERB_COLUMNS } from '#lake/columns.ts';
import {
  DIMENSION_NAMES,
  DIMENSIONS,
  type DimensionRow,
  type DimensionUpdates,
  takeIn,
} from '#lake/dimensions/dimension.ts';
import { actorCells } from '#lake/rows/actor-cells.ts';
import type { RowOf } from '#lake/rows/cell.ts';
import { displayText } from '#lake/rows/display-text.ts';
import type { LakeStatement, RowContext } from '#lake/rows/row.ts';
import { microsecondsOf } from '#lake/rows/time.ts';
import { storedAt } from '#storage/position.ts';
import { withMembers } from '#xapi/agent/actors-of.ts';
import { contextActivitiesOf } from '#xapi/statement/context-activities.ts';
import { isActivity, isActor, isSubStatement } from '#xapi/statement/object-type.ts';
import type { Activity, Actor, Statement, SubStatement, Verb } from '#xapi/statement/statement.ts';

/** The last that was said of something, and when. */
interface Said<Value> {
  readonly value: Value;
  readonly stored: bigint;
}

/** What statements say of activities, actors and verbs: of each the latest. */
export function collectUpdates(statements: readonly LakeStatement[], context: RowContext): DimensionUpdates {
  const activities = new Map<string, Said<Activity>>();
  const verbs = new Map<string, Said<Verb>>();
  const actors = new Map<string, DimensionRow>();
  for (const { position, value } of statements.toSorted(byPosition)) {
    const stored = microsecondsOf(storedAt(position));
    for (const activity of activitiesIn(value)) {
      if (activity.definition !== undefined || !activities.has(activity.id))
        activities.set(activity.id, { value: activity, stored });
    }
    if (value.verb.display !== undefined || !verbs.has(value.verb.id))
      verbs.set(value.verb.id, { value: value.verb, stored });
    takeIn(
      DIMENSIONS.actors,
      actors,
      actorsIn(value).map((actor) => actorRow(actor, stored, context)),
    );
  }
  return {
    activities: Array.from(activities.values(), (said) => activityRow(said, context)),
    actors: [...actors.values()],
    verbs: Array.from(verbs.values(), (said) => verbRow(said, context)),
  };
}

/** As a text that a file carries: JSON that is compressed, because footers are not. */
export function formatUpdates(updates: DimensionUpdates): string {
  const json = JSON.stringify(updates, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  return zstdCompressSync(json).toString('base64');
}

/** The inverse of `formatUpdates`. @param text undefined: a file that carries none */
export function parseUpdates(text: string | undefined): DimensionUpdates {
  if (text === undefined) return { activities: [], actors: [], verbs: [] };
  const updates: DimensionUpdates = JSON.parse(zstdDecompressSync(Buffer.from(text, 'base64')).toString());
  const parsed = DIMENSION_NAMES.map((name) => [
    name,
    updates[name].map((row) => ({ ...row, last_stored: BigInt(String(row['last_stored'])) })),
  ]);
  return Object.fromEntries(parsed);
}

function byPosition(one: LakeStatement, other: LakeStatement): number {
  return one.position < other.position ? -1 : 1;
}

function activitiesIn(statement: Statement): readonly Activity[] {
  const { object } = statement;
  return [...mentionedIn(statement), ...(isSubStatement(object) ? mentionedIn(object) : [])];
}

function mentionedIn({ object, context }: Statement | SubStatement): readonly Activity[] {
  return [...(isActivity(object) ? [object] : []), ...contextActivitiesOf(context)];
}

function actorsIn({ actor, object, context }: Statement): readonly Actor[] {
  const actors = [actor, ...(isActor(object) ? [object] : []), context?.instructor, context?.team];
  return actors.filter((one) => one !== undefined).flatMap(withMembers);
}

function activityRow({ value: { id, definition }, stored }: Said<Activity>, { languages }: RowContext) {
  return {
    activity_id: id,
    name: displayText(definition?.name, languages),
    description: displayText(definition?.description, languages),
    type: definition?.type ?? null,
    more_info: definition?.moreInfo ?? null,
    interaction_type: definition?.interactionType ?? null,
    last_stored: stored,
  } satisfies RowOf<typeof ACTIVITY_COLUMNS>;
}

function actorRow(actor: Actor, stored: bigint, { keys }: RowContext) {
  const { key, type, name, ifiType, ifiValue, accountHomePage } = actorCells(actor, keys);
  return {
    actor_key: key,
    type,
    name,
    ifi_type: ifiType,
    ifi_value: ifiValue,
    account_home_page: accountHomePage,
    last_stored: stored,
  } satisfies RowOf<typeof ACTOR_COLUMNS>;
}

function verbRow({ value: { id, display }, stored }: Said<Verb>, { languages }: RowContext) {
  return { verb_id: id, display: displayText(display, languages), last_stored: stored } satisfies RowOf<
    typeof VERB_COLUMNS
  >;
}

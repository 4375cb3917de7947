import { actorCells } from '#lake/rows/actor-cells.ts';
import type { ActorKeys } from '#lake/rows/actor-keys.ts';
import type { StatementRow } from '#lake/rows/row.ts';
import { contextActivityLists } from '#xapi/statement/context-activities.ts';
import type { Activity, Context } from '#xapi/statement/statement.ts';

type ContextCells = Pick<
  StatementRow,
  | 'registration'
  | 'context_parent'
  | 'context_grouping'
  | 'context_category'
  | 'context_other'
  | 'instructor_key'
  | 'instructor_name'
  | 'team_key'
  | 'team_name'
  | 'platform'
  | 'language'
  | 'revision'
>;

const NOTHING: ContextCells = {
  registration: null,
  context_parent: null,
  context_grouping: null,
  context_category: null,
  context_other: null,
  instructor_key: null,
  instructor_name: null,
  team_key: null,
  team_name: null,
  platform: null,
  language: null,
  revision: null,
};

/** xAPI 1.0.3, Data 2.4.6. */
export function contextCells(context: Context | undefined, keys: ActorKeys): ContextCells {
  if (context === undefined) return NOTHING;
  const { instructor, team } = context;
  const activities = contextActivityLists(context.contextActivities ?? {});
  return {
    registration: context.registration?.toLowerCase() ?? null,
    context_parent: idsOf(activities.parent),
    context_grouping: idsOf(activities.grouping),
    context_category: idsOf(activities.category),
    context_other: idsOf(activities.other),
    instructor_key: instructor === undefined ? null : actorCells(instructor, keys).key,
    instructor_name: instructor?.name ?? null,
    team_key: team === undefined ? null : actorCells(team, keys).key,
    team_name: team?.name ?? null,
    platform: context.platform ?? null,
    language: context.language ?? null,
    revision: context.revision ?? null,
  };
}

function idsOf(activities: readonly Activity[] | undefined): readonly string[] | null {
  return activities?.map(({ id }) => id) ?? null;
}

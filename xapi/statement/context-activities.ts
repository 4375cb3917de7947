import {
  CONTEXT_ACTIVITY_KINDS,
  type Activity,
  type Context,
  type ContextActivities,
  type ContextActivityKind,
} from '#xapi/statement/statement.ts';

/** Context activities with every value as a list (xAPI 1.0.3, Data 2.4.6.2). */
export type ContextActivityLists = Partial<Readonly<Record<ContextActivityKind, readonly Activity[]>>>;

/** A single activity means a list of one (xAPI 1.0.3, Data 2.4.6.2); kinds that were not sent stay absent. */
export function contextActivityLists(activities: ContextActivities): ContextActivityLists {
  const lists: Partial<Record<ContextActivityKind, readonly Activity[]>> = {};
  for (const kind of CONTEXT_ACTIVITY_KINDS) {
    const value = activities[kind];
    if (value !== undefined) lists[kind] = isList(value) ? value : [value];
  }
  return lists;
}

/** All context activities, in the order of their kinds. */
export function contextActivitiesOf(context: Context | undefined): readonly Activity[] {
  if (context?.contextActivities === undefined) return [];
  return Object.values(contextActivityLists(context.contextActivities)).flat();
}

function isList(value: Activity | readonly Activity[]): value is readonly Activity[] {
  return Array.isArray(value);
}

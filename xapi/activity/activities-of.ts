import { mergeDefinitions } from '#xapi/activity/merge-definition.ts';
import { contextActivitiesOf } from '#xapi/statement/context-activities.ts';
import { isActivity, isSubStatement } from '#xapi/statement/object-type.ts';
import type { Activity, ActivityDefinition, Statement, SubStatement } from '#xapi/statement/statement.ts';

/**
 * What a statement says of activities: of each that it gives a definition to, as object or in the context, its own or
 * its SubStatement's. Definitions of the same activity are merged, in the order they appear.
 */
export function activitiesOf(statement: Statement): readonly Activity[] {
  const { object } = statement;
  const mentioned = [...mentionedIn(statement), ...(isSubStatement(object) ? mentionedIn(object) : [])];
  const definitions = new Map<string, [ActivityDefinition, ...ActivityDefinition[]]>();
  for (const { id, definition } of mentioned) {
    if (definition === undefined) continue;
    const earlier = definitions.get(id);
    if (earlier === undefined) definitions.set(id, [definition]);
    else earlier.push(definition);
  }
  return [...definitions].map(([id, [first, ...others]]) => {
    return { objectType: 'Activity', id, definition: mergeDefinitions(first, others) };
  });
}

function mentionedIn({ object, context }: Statement | SubStatement): readonly Activity[] {
  return [...(isActivity(object) ? [object] : []), ...contextActivitiesOf(context)];
}

import type { Rule } from '#xapi/statement/rules/rule.ts';
import { INTERACTION_COMPONENT_LISTS } from '#xapi/statement/statement.ts';
import type { ActivityDefinition, InteractionComponent } from '#xapi/statement/statement.ts';

export const componentIdsAreDistinct: Rule<ActivityDefinition> = (definition, path) => {
  for (const list of INTERACTION_COMPONENT_LISTS) {
    const repeated = repeatedAt(definition[list] ?? []);
    if (repeated === -1) continue;
    return {
      path: `${path}.${list}[${repeated}].id`,
      message: `The ids of ${list} are distinct.`,
      expected: 'an id that no other component of the list has',
      received: definition[list]?.[repeated]?.id,
      subject: 'interaction',
    };
  }
  return undefined;
};

function repeatedAt(components: readonly InteractionComponent[]): number {
  const seen = new Set<string>();
  return components.findIndex(({ id }) => {
    const known = seen.has(id);
    seen.add(id);
    return known;
  });
}

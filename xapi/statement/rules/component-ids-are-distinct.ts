import type { Rule } from '#xapi/statement/rules/rule.ts';
import { INTERACTION_COMPONENT_LISTS } from '#xapi/statement/statement.ts';
import type { ActivityDefinition, InteractionComponent } from '#xapi/statement/statement.ts';

export const componentIdsAreDistinct: Rule<ActivityDefinition> = (definition, path) => {
  for (const list of INTERACTION_COMPONENT_LISTS) {
    const components = definition[list];
    const repeated = components === undefined ? undefined : repeatedIn(components);
    if (repeated === undefined) continue;
    return {
      path: `${path}.${list}[${repeated.index}].id`,
      message: `The ids of ${list} are distinct.`,
      expected: 'an id that no other component of the list has',
      received: repeated.id,
      subject: 'interaction',
    };
  }
  return undefined;
};

function repeatedIn(components: readonly InteractionComponent[]): { index: number; id: string } | undefined {
  const seen = new Set<string>();
  for (const [index, { id }] of components.entries()) {
    if (seen.has(id)) return { index, id };
    seen.add(id);
  }
  return undefined;
}

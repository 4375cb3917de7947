import type { Rule } from '#xapi/statement/rules/rule.ts';
import { INTERACTION_COMPONENT_LISTS } from '#xapi/statement/statement.ts';
import type { ActivityDefinition, InteractionComponentList } from '#xapi/statement/statement.ts';

const LISTS: ReadonlyMap<string, readonly InteractionComponentList[]> = new Map([
  ['choice', ['choices']],
  ['sequencing', ['choices']],
  ['likert', ['scale']],
  ['matching', ['source', 'target']],
  ['performance', ['steps']],
]);

export const componentListsFitInteraction: Rule<ActivityDefinition> = (definition, path) => {
  const type = definition.interactionType;
  if (type === undefined) return undefined;
  const allowed = LISTS.get(type) ?? [];
  const wrong = INTERACTION_COMPONENT_LISTS.find((list) => definition[list] !== undefined && !allowed.includes(list));
  if (wrong === undefined) return undefined;
  return {
    path: `${path}.${wrong}`,
    message: `An interaction of type ${type} does not have ${wrong}.`,
    expected: allowed.length === 0 ? 'no component list' : `no component list but ${allowed.join(' and ')}`,
    received: definition[wrong],
    subject: 'interaction',
  };
};

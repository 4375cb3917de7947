import type { Rule } from '#xapi/statement/rules/rule.ts';
import { INTERACTION_COMPONENT_LISTS } from '#xapi/statement/statement.ts';
import type { ActivityDefinition } from '#xapi/statement/statement.ts';

const INTERACTION_PROPERTIES = ['correctResponsesPattern', ...INTERACTION_COMPONENT_LISTS] as const;

export const interactionHasType: Rule<ActivityDefinition> = (definition, path) => {
  if (definition.interactionType !== undefined) return undefined;
  const name = INTERACTION_PROPERTIES.find((property) => definition[property] !== undefined);
  if (name === undefined) return undefined;
  return {
    path: `${path}.interactionType`,
    message: `A definition with ${name} names its interactionType.`,
    expected: 'the interactionType of the Activity',
    received: undefined,
    subject: 'interaction',
  };
};

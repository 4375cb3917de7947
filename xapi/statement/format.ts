import { ifiOf } from '#xapi/agent/ifi.ts';
import { chooseLanguage, type LanguageRange } from '#xapi/statement/choose-language.ts';
import { rewriteStatement } from '#xapi/statement/rewrite.ts';
import {
  INTERACTION_COMPONENT_LISTS,
  type Activity,
  type ActivityDefinition,
  type Agent,
  type Group,
  type InteractionComponent,
  type Statement,
} from '#xapi/statement/statement.ts';

/**
 * A statement with no more of its actors, verbs and activities than identifies them; an anonymous group is identified
 * by its members (`format=ids`; xAPI 1.0.3, Communication 2.1.3).
 */
export function idsFormat(statement: Statement): Statement {
  return rewriteStatement(statement, {
    agent: agentIds,
    group: groupIds,
    verb: ({ id }) => ({ id }),
    activity: ({ id }) => ({ id }),
  });
}

const NOT_IDENTIFYING = new Set(['name', 'member']);

function agentIds(agent: Agent): Agent {
  return Object.fromEntries(Object.entries(agent).filter(([name]) => !NOT_IDENTIFYING.has(name)));
}

function groupIds(group: Group): Group {
  const { objectType, member } = group;
  const anonymous = ifiOf(group) === undefined && member !== undefined;
  const identifying = Object.entries(group).filter(([name]) => !NOT_IDENTIFYING.has(name));
  return { objectType, ...(anonymous ? { member: member.map(agentIds) } : Object.fromEntries(identifying)) };
}

/**
 * A statement with the definitions of its activities as the LRS knows them, and with one language in every language map
 * of activities and verbs; agents and groups stay as sent (`format=canonical`; xAPI 1.0.3, Communication 2.1.3).
 *
 * @param ranges from `languageRanges`
 * @param definitionOf what the LRS knows of the activity with this id; undefined: what the statement says
 */
export function canonicalFormat(
  statement: Statement,
  ranges: readonly LanguageRange[],
  definitionOf: (activityId: string) => ActivityDefinition | undefined,
): Statement {
  return rewriteStatement(statement, {
    agent: (agent) => agent,
    group: (group) => group,
    verb: (verb) => (verb.display === undefined ? verb : { ...verb, display: chooseLanguage(verb.display, ranges) }),
    activity: (activity) => canonicalActivity(activity, definitionOf(activity.id), ranges),
  });
}

function canonicalActivity(
  activity: Activity,
  known: ActivityDefinition | undefined,
  ranges: readonly LanguageRange[],
): Activity {
  const definition = known ?? activity.definition;
  return definition === undefined ? activity : { ...activity, definition: inOneLanguage(definition, ranges) };
}

/** With one language in every language map. */
export function inOneLanguage(definition: ActivityDefinition, ranges: readonly LanguageRange[]): ActivityDefinition {
  const { name, description } = definition;
  const lists = INTERACTION_COMPONENT_LISTS.flatMap((kind) => {
    const list = definition[kind];
    return list === undefined ? [] : [[kind, list.map((component) => componentInOneLanguage(component, ranges))]];
  });
  return {
    ...definition,
    ...(name !== undefined && { name: chooseLanguage(name, ranges) }),
    ...(description !== undefined && { description: chooseLanguage(description, ranges) }),
    ...Object.fromEntries(lists),
  };
}

function componentInOneLanguage(
  component: InteractionComponent,
  ranges: readonly LanguageRange[],
): InteractionComponent {
  const { description } = component;
  return description === undefined ? component : { ...component, description: chooseLanguage(description, ranges) };
}

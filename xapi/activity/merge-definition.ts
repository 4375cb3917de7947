import { canonicalText } from '#xapi/statement/canonical-text.ts';
import {
  INTERACTION_COMPONENT_LISTS,
  type ActivityDefinition,
  type InteractionComponent,
} from '#xapi/statement/statement.ts';

/**
 * What is known of an activity once another definition of it was seen (xAPI 1.0.3, Communication 2.5 and Data 2.4.4.1).
 * Languages and extensions are kept and the newer wins per language and per extension; of the other members the newer
 * replaces the older. Components of an interaction are replaced as a list, but keep the languages of their
 * descriptions. When the type of interaction changes, nothing of the old interaction stays.
 *
 * @returns `known` itself when `seen` says nothing new
 */
export function mergeDefinition(known: ActivityDefinition, seen: ActivityDefinition): ActivityDefinition {
  const base = changesInteraction(known, seen) ? withoutInteraction(known) : known;
  const merged = {
    ...base,
    ...seen,
    ...mergedMember('name', base, seen),
    ...mergedMember('description', base, seen),
    ...mergedMember('extensions', base, seen),
    ...mergedComponents(base, seen),
  };
  return canonicalText(merged) === canonicalText(known) ? known : merged;
}

function mergedMember(
  name: 'name' | 'description' | 'extensions',
  known: ActivityDefinition,
  seen: ActivityDefinition,
): ActivityDefinition {
  return seen[name] === undefined ? {} : { [name]: { ...known[name], ...seen[name] } };
}

function mergedComponents(known: ActivityDefinition, seen: ActivityDefinition): ActivityDefinition {
  return Object.fromEntries(
    INTERACTION_COMPONENT_LISTS.flatMap((kind) => {
      const list = seen[kind];
      return list === undefined ? [] : [[kind, withKnownLanguages(list, known[kind] ?? [])]];
    }),
  );
}

function withKnownLanguages(
  list: readonly InteractionComponent[],
  known: readonly InteractionComponent[],
): readonly InteractionComponent[] {
  const descriptions = new Map(known.map(({ id, description }) => [id, description]));
  return list.map((component) => {
    const description = descriptions.get(component.id);
    return description === undefined
      ? component
      : { ...component, description: { ...description, ...component.description } };
  });
}

function changesInteraction(known: ActivityDefinition, seen: ActivityDefinition): boolean {
  return seen.interactionType !== undefined && seen.interactionType !== known.interactionType;
}

function withoutInteraction(definition: ActivityDefinition): ActivityDefinition {
  const interaction = new Set<string>(['interactionType', 'correctResponsesPattern', ...INTERACTION_COMPONENT_LISTS]);
  return Object.fromEntries(Object.entries(definition).filter(([name]) => !interaction.has(name)));
}

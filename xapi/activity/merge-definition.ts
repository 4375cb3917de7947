import { canonicalText } from '#xapi/statement/canonical-text.ts';
import {
  INTERACTION_COMPONENT_LISTS,
  type ActivityDefinition,
  type InteractionComponentList,
  type LanguageMap,
} from '#xapi/statement/statement.ts';

const MAPS = ['name', 'description', 'extensions'] as const;

const INTERACTION: ReadonlySet<string> = new Set([
  'interactionType',
  'correctResponsesPattern',
  ...INTERACTION_COMPONENT_LISTS,
]);

/**
 * What is known of an activity once other definitions of it were seen (xAPI 1.0.3, Communication 2.5 and Data 2.4.4.1).
 * Languages and extensions are kept and the newer wins per language and per extension; of the other members the newer
 * replaces the older. Components of an interaction are replaced as a list, but keep the languages of their
 * descriptions. When the type of interaction changes, nothing of the old interaction stays.
 *
 * Takes linear time, because one statement may define the same activity thousands of times.
 *
 * @param seen in order
 * @returns `known` itself when `seen` says nothing new
 */
export function mergeDefinitions(known: ActivityDefinition, seen: readonly ActivityDefinition[]): ActivityDefinition {
  if (seen.length === 0) return known;
  const merge = new DefinitionMerge();
  for (const definition of [known, ...seen]) merge.add(definition);
  const merged = merge.result();
  return canonicalText(merged) === canonicalText(known) ? known : merged;
}

type Languages = Map<string, string>;

class DefinitionMerge {
  /** Of every member what was seen last. */
  #newest: ActivityDefinition = {};
  readonly #maps = new Map<string, Map<string, unknown>>();
  /** The descriptions of the components of a list, by their ids. */
  readonly #descriptions = new Map<InteractionComponentList, ReadonlyMap<string, Languages>>();

  add(seen: ActivityDefinition): void {
    if (seen.interactionType !== undefined && seen.interactionType !== this.#newest.interactionType) {
      this.#newest = Object.fromEntries(Object.entries(this.#newest).filter(([name]) => !INTERACTION.has(name)));
      this.#descriptions.clear();
    }
    this.#newest = { ...this.#newest, ...seen };
    for (const name of MAPS) {
      const member = seen[name];
      if (member !== undefined) this.#maps.set(name, extended(this.#maps.get(name), member));
    }
    for (const kind of INTERACTION_COMPONENT_LISTS) {
      if (seen[kind] !== undefined) this.#descriptions.set(kind, this.#described(kind, seen[kind]));
    }
  }

  result(): ActivityDefinition {
    const maps = [...this.#maps].map(([name, map]) => [name, Object.fromEntries(map)]);
    const lists = [...this.#descriptions].map(([kind, descriptions]) => {
      const list = this.#newest[kind] ?? [];
      return [kind, list.map((component) => withLanguages(component, descriptions.get(component.id)))];
    });
    return { ...this.#newest, ...Object.fromEntries(maps), ...Object.fromEntries(lists) };
  }

  #described(kind: InteractionComponentList, list: readonly Described[]): ReadonlyMap<string, Languages> {
    const known = this.#descriptions.get(kind);
    const descriptions = new Map<string, Languages>();
    for (const { id, description } of list) {
      const languages = known?.get(id);
      if (description !== undefined) descriptions.set(id, extended(languages, description));
      else if (languages !== undefined) descriptions.set(id, languages);
    }
    return descriptions;
  }
}

interface Described {
  readonly id: string;
  readonly description?: LanguageMap;
}

function withLanguages(component: Described, languages: Languages | undefined): Described {
  return languages === undefined ? component : { ...component, description: Object.fromEntries(languages) };
}

/** Changes the map, and makes one if need be. */
function extended<Value>(
  map: Map<string, Value> | undefined,
  members: Readonly<Record<string, Value>>,
): Map<string, Value> {
  const result = map ?? new Map<string, Value>();
  for (const [name, value] of Object.entries(members)) result.set(name, value);
  return result;
}

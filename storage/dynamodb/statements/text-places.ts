import type { KeyFilters } from '#xapi/statement/matches.ts';
import type { StatementKeys } from '#xapi/statement/statement-keys.ts';

/**
 * Where a text says what verb and activity its statement has: the places of their ids, as JSON, in characters from its
 * beginning. A reader compares what stands there instead of parsing all of the text.
 */
export interface TextPlaces {
  readonly verb: number;
  readonly activity: number;
}

/** @returns undefined when they are not all of what decides, or not in the text as `JSON.stringify` writes them */
export function placesIn(text: string, { verb, activity }: StatementKeys): TextPlaces | undefined {
  if (activity === undefined) return undefined;
  const places = { verb: text.indexOf(JSON.stringify(verb)), activity: text.indexOf(JSON.stringify(activity)) };
  return places.verb < 0 || places.activity < 0 ? undefined : places;
}

/** Whether a statement meets a filter. @returns undefined when verb and activity do not decide that */
export function meetsAt(text: string, places: TextPlaces, filters: KeyFilters): boolean | undefined {
  const { agent, registration, verb, activity, relatedActivities } = filters;
  const takesMore = activity !== undefined && relatedActivities === true;
  if (agent !== undefined || registration !== undefined || takesMore) return undefined;
  return says(text, places.verb, verb) && says(text, places.activity, activity);
}

function says(text: string, place: number, wanted: string | undefined): boolean {
  return wanted === undefined || text.startsWith(JSON.stringify(wanted), place);
}

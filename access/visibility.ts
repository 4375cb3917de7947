import { isWithinActivity } from '#access/is-within-activity.ts';
import type { Visibility } from '#access/limits.ts';
import type { StatementKeys } from '#xapi/statement/statement-keys.ts';

/** Whether a statement may be seen, whatever it refers to. */
export function isVisible(keys: StatementKeys, visible: Visibility): boolean {
  const { authority, actor, registration, activity, verbs } = visible;
  return (
    (authority === undefined || keys.authorities.includes(authority)) &&
    (actor === undefined || keys.actor === actor) &&
    (registration === undefined || keys.registration === registration) &&
    (activity === undefined || isAbout(keys, activity)) &&
    (verbs === undefined || verbs.includes(keys.verb))
  );
}

function isAbout({ activity, subActivity }: StatementKeys, limit: string): boolean {
  const about = activity ?? subActivity;
  return about !== undefined && isWithinActivity(limit, about);
}

/** A text that is the same for visibilities that are the same, and for no others. */
export function visibilityText({ authority, actor, registration, activity, verbs }: Visibility): string {
  return JSON.stringify([authority, actor, registration, activity, verbs && [...new Set(verbs)].toSorted()]);
}

/** Whether there is anything that somebody must not see. */
export function isLimited(visible: Visibility): boolean {
  return Object.values(visible).some((limit) => limit !== undefined);
}

/**
 * Whether an activity is the one that a token is limited to, or below it. Identifiers are compared as text: below are those
 * that go on behind a boundary, so that `https://x.example/course1` does not hold `https://x.example/course10`. A boundary
 * is `/`, `?` or `#`, and `:` in identifiers without `//`, as in URNs; elsewhere it stands before a port.
 *
 * @param activity the limit
 */
export function isWithinActivity(activity: string, id: string): boolean {
  if (id === activity) return true;
  if (activity === '' || !id.startsWith(activity)) return false;
  const boundaries = id.includes('//') ? '/?#' : '/?#:';
  const [last = '', next = ''] = [activity.at(-1), id.at(activity.length)];
  return boundaries.includes(last) || boundaries.includes(next);
}

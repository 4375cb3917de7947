import { timestampMilliseconds } from '#xapi/data-types/timestamp.ts';
import { invalidBody } from '#functions/admin/api/refusals.ts';

/** @param milliseconds since 1970 @returns RFC 3339 */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** As a member of an answer that is absent when there is no such time. */
export function optionalTime<Name extends string>(
  name: Name,
  milliseconds: number | undefined,
): Partial<Record<Name, string>> {
  const member: Partial<Record<Name, string>> = {};
  if (milliseconds !== undefined) member[name] = timeText(milliseconds);
  return member;
}

/**
 * @param text RFC 3339
 * @param path from the root of the body
 * @returns milliseconds since 1970
 * @throws XapiError `body-invalid`
 */
export function futureTime(text: string, path: string, now: number): number {
  const time = timestampMilliseconds(text);
  if (time > now) return time;
  throw invalidBody(path, 'in the future', text);
}

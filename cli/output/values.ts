import { isJsonObject, textIn } from '#cli/api/json.ts';

/** Of any value of the API, for people; empty for what is not there. */
export function readable(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return value.toLocaleString('en-US');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(readable).join(', ');
  return JSON.stringify(value);
}

/**
 * A timestamp in UTC, to the second: `2026-11-22 09:04:22Z`; empty for 1970, which what was always there has.
 *
 * @param value a timestamp, or milliseconds since 1970
 */
export function readableTime(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const time = new Date(value);
  if (Number.isNaN(time.getTime())) return String(value);
  if (time.getTime() === 0) return '';
  return time
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/u, 'Z');
}

/** The day of a timestamp in UTC. */
export function readableDay(value: unknown): string {
  return readableTime(value).split(' ')[0] ?? '';
}

/** Names and values of an object: `perSecond: 100, perDay: 5,000`. */
export function readableMembers(value: unknown): string {
  if (!isJsonObject(value)) return readable(value);
  const members = Object.entries(value).map(([name, member]) => `${name}: ${readable(member)}`);
  return members.join(', ');
}

/** Who an agent is, by what identifies it. */
export function readableAgent(value: unknown): string {
  if (!isJsonObject(value)) return '';
  const { account } = value;
  const accountName = textIn(account, 'name');
  if (accountName !== undefined) return `${accountName} of ${textIn(account, 'homePage') ?? 'an unknown home page'}`;
  return textIn(value, 'mbox') ?? textIn(value, 'openid') ?? textIn(value, 'mbox_sha1sum') ?? readable(value);
}

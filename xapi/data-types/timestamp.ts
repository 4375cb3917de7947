/** Nearly every timestamp in use, on a day that every month has: valid in every version without a second look. */
const COMMON = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

const EXTENDED = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(?:(\d\d)(?:(\d\d)(?:[.,](\d+))?)?)?(Z|[+-]\d\d(?::?\d\d)?)?$/i;
const RFC_3339 = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

const MINUTE = 60_000;

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Midnight UTC of a date; `Date.UTC` alone takes the years 0 to 99 for 1900 to 1999. */
function dayMilliseconds(year: number, month: number, day: number): number {
  return year > 99 ? Date.UTC(year, month - 1, day) : new Date(0).setUTCFullYear(year, month - 1, day);
}

/** Milliseconds since midnight; 24:00:00 and a leap second 60 are legal in ISO 8601. NaN outside the clock. */
function timeMilliseconds(hour: number, minute: number, second: number, fraction: string): number {
  const inDay = hour < 24 || (hour === 24 && minute === 0 && second === 0 && !/[1-9]/.test(fraction));
  const leap = second === 60 && minute === 59;
  if (!inDay || minute > 59 || (second > 59 && !leap)) return Number.NaN;
  return (hour * 60 + minute) * MINUTE + second * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

/** Milliseconds east of UTC. NaN for `-00`, `-0000` and `-00:00`, which both versions forbid. */
function zoneMilliseconds(zone: string): number {
  if (zone === '' || zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', ''));
  const offset = (hours * 60 + minutes) * MINUTE;
  if (hours > 23 || minutes > 59) return Number.NaN;
  if (zone.startsWith('+')) return offset;
  return offset === 0 ? Number.NaN : -offset;
}

/**
 * @param text ISO 8601 date, or date and time, basic or extended; without a time zone it is taken as UTC.
 * @returns milliseconds since 1970, rounded down; NaN for anything that is not such a text or not in the calendar.
 */
export function timestampMilliseconds(text: string): number {
  const match = EXTENDED.exec(text) ?? BASIC.exec(text);
  if (match === null) return Number.NaN;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = ''] = match;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (m < 1 || m > 12 || d < 1 || d > daysIn(y, m)) return Number.NaN;
  return (
    dayMilliseconds(y, m, d) +
    timeMilliseconds(Number(hour), Number(minute), Number(second), fraction) -
    zoneMilliseconds(zone)
  );
}

/** ISO 8601, basic or extended, with an existing day (xAPI 1.0.3, Data 4.5). */
export function isTimestamp(text: string): boolean {
  return COMMON.test(text) || !Number.isNaN(timestampMilliseconds(text));
}

/** The stricter profile that xAPI 2.0 demands (4.2.7): RFC 3339, so extended, to the second and with a time zone. */
export function isRfc3339Timestamp(text: string): boolean {
  return COMMON.test(text) || (RFC_3339.test(text) && isTimestamp(text));
}

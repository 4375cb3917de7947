import { hourOf } from '#access/counted-event.ts';

const HOUR_MS = 3_600_000;
/** Hours: counters go by themselves after eight days. */
const HOURS = 7 * 24;
/** Milliseconds after an hour within which most processes have written what they counted in it. */
const LATE_MS = 5 * 60_000;

/** The hours whose events are summarised by now, the oldest first: those of the last seven days that are over. */
export function hoursToSeal(now: number): readonly string[] {
  return Array.from({ length: HOURS }, (_, index) => hourOf(now - LATE_MS - (HOURS - index) * HOUR_MS));
}

const DAY_MS = 86_400_000;
/** Days: what is noted goes by itself after ten. */
const DAYS = 8;

/**
 * The days whose events are sealed by now, the oldest first: today, those before, and tomorrow, because clocks differ.
 *
 * @returns a time of each, milliseconds since 1970
 */
export function daysToSeal(now: number): readonly number[] {
  return Array.from({ length: DAYS + 2 }, (_, index) => now + (index - DAYS) * DAY_MS);
}

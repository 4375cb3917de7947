import type { KeyFilters } from '#xapi/statement/matches.ts';
import { hashOf } from '#storage/dynamodb/hash.ts';
import type { StatementKeys } from '#xapi/statement/statement-keys.ts';

/**
 * What a pack tells of the verb and the activity of each statement, so that its readers leave out what certainly does not
 * meet a filter: 2 bytes of a hash of each, 0 where nothing can be told. As for the rows of an index, only of a statement
 * about an activity, which refers to no other, do its own verb and activity decide.
 */
export const MARK_BYTES = 4;
const HASH_BYTES = 2;

export function writeMark(marks: Buffer, place: number, { verb, activity }: StatementKeys): void {
  if (activity === undefined) return;
  marks.writeUInt16BE(shortHashOf(verb), place * MARK_BYTES);
  marks.writeUInt16BE(shortHashOf(activity), place * MARK_BYTES + HASH_BYTES);
}

/** Whether the statement at this place of a pack may meet a filter. */
export type MayMeet = (marks: Buffer, place: number) => boolean;

/** @returns undefined when there is nothing to be left out */
export function markFilter({ verb, activity, relatedActivities }: KeyFilters): MayMeet | undefined {
  const wanted = [verb, relatedActivities === true ? undefined : activity].map((value) => value && shortHashOf(value));
  if (wanted.every((hash) => hash === undefined)) return undefined;
  return (marks, place) =>
    wanted.every((hash, index) => {
      const mark = marks.readUInt16BE(place * MARK_BYTES + index * HASH_BYTES);
      return hash === undefined || mark === 0 || mark === hash;
    });
}

function shortHashOf(text: string): number {
  return hashOf(text) & 0xffff;
}

import type { KeyFilters } from '#xapi/statement/matches.ts';
import { bytesOf, type Item } from '#storage/dynamodb/attributes.ts';
import { hashOf } from '#storage/dynamodb/hash.ts';
import { placesIn, type TextPlaces } from '#storage/dynamodb/statements/text-places.ts';
import type { StatementKeys } from '#xapi/statement/statement-keys.ts';

/**
 * What a pack tells of the verb and the activity of each statement: 2 bytes of a hash of each, by which its readers leave
 * out what certainly does not meet a filter, and 2 bytes for where each stands in the text, by which they tell what does;
 * all 0 where nothing can be told. As for the rows of an index, only of a statement about an activity, which refers to no
 * other, do its own verb and activity decide.
 */
export const MARK_BYTES = 8;
/** Older packs have the hashes only, in another attribute. */
const OLD_MARK_BYTES = 4;
const NUMBER_BYTES = 2;

/** @param text of at most `PACKED_TEXT_LIMIT` characters, so that 2 bytes hold every place in it */
export function writeMark(marks: Buffer, place: number, keys: StatementKeys, text: string): void {
  const { verb, activity } = keys;
  if (activity === undefined) return;
  const { verb: verbAt, activity: activityAt } = placesIn(text, keys) ?? UNKNOWN;
  const numbers = [shortHashOf(verb), shortHashOf(activity), verbAt, activityAt];
  for (const [index, number] of numbers.entries()) {
    marks.writeUInt16BE(number, place * MARK_BYTES + index * NUMBER_BYTES);
  }
}

/** A text begins with a brace. */
const UNKNOWN: TextPlaces = { verb: 0, activity: 0 };

export interface Marks {
  readonly bytes: Buffer;
  /** Bytes of each statement. */
  readonly width: number;
}

/** @returns undefined when the pack tells nothing */
export function openMarks(item: Item): Marks | undefined {
  if (item['g'] !== undefined) return { bytes: bytesOf(item, 'g'), width: MARK_BYTES };
  return item['f'] && { bytes: bytesOf(item, 'f'), width: OLD_MARK_BYTES };
}

/** @returns undefined when it is not told of the statement at this place of a pack */
export function readPlaces({ bytes, width }: Marks, place: number): TextPlaces | undefined {
  if (width < MARK_BYTES) return undefined;
  const start = place * width + 2 * NUMBER_BYTES;
  const places = { verb: bytes.readUInt16BE(start), activity: bytes.readUInt16BE(start + NUMBER_BYTES) };
  return places.verb === 0 || places.activity === 0 ? undefined : places;
}

/** Whether the statement at this place of a pack may meet a filter. */
export type MayMeet = (marks: Marks, place: number) => boolean;

/** @returns undefined when there is nothing to be left out */
export function markFilter({ verb, activity, relatedActivities }: KeyFilters): MayMeet | undefined {
  const wanted = [verb, relatedActivities === true ? undefined : activity].map((value) => value && shortHashOf(value));
  if (wanted.every((hash) => hash === undefined)) return undefined;
  return ({ bytes, width }, place) =>
    wanted.every((hash, index) => {
      const mark = bytes.readUInt16BE(place * width + index * NUMBER_BYTES);
      return hash === undefined || mark === 0 || mark === hash;
    });
}

function shortHashOf(text: string): number {
  return hashOf(text) & 0xffff;
}

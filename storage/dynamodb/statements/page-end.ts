import type { PackedIndex } from '#storage/dynamodb/statements/keyspace.ts';
import { BEYOND } from '#storage/dynamodb/statements/position-range.ts';
import { behind } from '#storage/position.ts';

/**
 * Where a page in ascending order ended, when nothing that is found by the index, and begins before, reaches behind it. By
 * another index something may: while a client follows links, an agent may become an authority, which takes another one.
 *
 * @param at the position of its last statement
 */
export function pageEnd(at: string, index: PackedIndex): string {
  return `${behind(at)}${index}`;
}

/**
 * @param end the position of the last statement of a page, or what `pageEnd` has made of it
 * @param index by which the next page is found
 */
export function startAfter(end: string, index: PackedIndex): string {
  const [at = '', by] = end.split(BEYOND);
  return by === index ? behind(at) : at;
}

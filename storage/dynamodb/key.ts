import { createHash } from 'node:crypto';

/** In the place of a store: what belongs to none, or is found before it is known to which. No store has this id. */
export const ALL_STORES = '*';

/** A segment longer than this is replaced by its hash: DynamoDB keys end at 2,048 (partition) and 1,024 bytes (sort). */
const SEGMENT_LIMIT = 128;

/** What most segments are: short, of ASCII, with nothing in them to encode. */
const PLAIN = /^[ -$&-{}~]{0,128}$/u;

/**
 * Joins segments into one key with `|`. Different lists of segments give different keys: inside a segment `%`, `|` and
 * control characters are percent-encoded, and a segment that is long or not well-formed Unicode is replaced by its
 * SHA-256 behind `%#`, which no encoded segment contains.
 */
export function joinKey(...segments: readonly string[]): string {
  return segments.map(keySegment).join('|');
}

function keySegment(text: string): string {
  if (PLAIN.test(text)) return text;
  const encoded = text.replace(/[%|\p{Cc}]/gu, (character) => {
    return `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  if (text.isWellFormed() && Buffer.byteLength(encoded) <= SEGMENT_LIMIT) return encoded;
  return `%#${createHash('sha256').update(text, 'utf16le').digest('base64url')}`;
}

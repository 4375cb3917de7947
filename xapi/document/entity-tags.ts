import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';

/** `*`, or opaque tags; a client's tag without quotes is taken as if it had them. */
export type EntityTags = '*' | readonly string[];

const TAG = /(?:W\/)?("[^"]*")|([^\s,"]+)/gu;

/**
 * @param header its name, for errors
 * @throws XapiError `header-invalid`
 */
export function entityTags(header: string, value: string | undefined): EntityTags | undefined {
  if (value === undefined) return undefined;
  const tags = [...value.matchAll(TAG)].map(([, quoted, bare = '']) => quoted ?? (bare === '*' ? '*' : `"${bare}"`));
  if (tags.length === 0) {
    throw new XapiError({
      code: 'header-invalid',
      message: `${header} holds no entity tag.`,
      path: header,
      expected: '* or entity tags in quotes',
      received: shorten(value),
      section: 'xAPI 1.0.3, Communication 3.1; xAPI 2.0, 4.1.4',
    });
  }
  return tags.includes('*') ? '*' : tags;
}

/**
 * Weak tags match too, though RFC 9110 lets them not for `If-Match`: ours are hashes of the content, or revisions, and
 * become weak only where a proxy compresses a response, which leaves the client no other tag to send.
 */
export function matchesTag(tags: EntityTags, current: string | undefined): boolean {
  return current !== undefined && (tags === '*' || tags.includes(current));
}

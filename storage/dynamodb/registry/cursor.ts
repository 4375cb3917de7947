import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';

/** A sort key as `next` of a page: who gets it is not to read anything into it. */
export function cursorOf(sortKey: string): string {
  return Buffer.from(sortKey).toString('base64url');
}

/**
 * The sort key that a page ended with.
 *
 * @param isSortKey of the list
 * @throws XapiError `parameter-invalid` for what no page has had as its `next`.
 */
export function sortKeyOf(cursor: string, isSortKey: (text: string) => boolean): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (cursorOf(text) === cursor && isSortKey(text)) return text;
  throw new XapiError({
    code: 'parameter-invalid',
    message: 'The place at which the list is to go on is none that a page of it has ended with.',
    path: 'after',
    expected: 'what the page before gave as its end',
    received: shorten(cursor),
  });
}

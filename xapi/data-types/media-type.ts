const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+[ \t]*(?:;|$)/;

/** `type/subtype`, with or without parameters (RFC 2046; xAPI 1.0.3, Data 2.4.11). */
export function isMediaType(text: string): boolean {
  return MEDIA_TYPE.test(text);
}

/** `type/subtype` in lower case: parameters, as in `text/plain; charset=ascii`, make no other type. */
export function mediaTypeOf(contentType: string): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
}

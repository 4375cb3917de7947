/** Nearly every IRI in use; found in one pass. */
const PLAIN = /^[a-z][a-z0-9+.-]*:[\w\-./:?#@!$&'()*+,;=~]+$/i;

const SCHEME = /^[a-z][a-z0-9+.-]*:./iu;

/**
 * Characters RFC 3987 excludes everywhere; `Cs` is a lone surrogate. Brackets are let through, because query strings
 * carry them unescaped.
 */
const EXCLUDED = /[\p{Cc}\p{Cs} "<>\\^`{|}]|%(?![0-9a-f]{2})/iu;

/**
 * An absolute IRI of any scheme, such as `https://…`, `urn:uuid:…` or `course-v1:edX+Demo` (RFC 3987; xAPI 1.0.3,
 * Data 4.3). Takes linear time for a text of any length.
 */
export function isIri(text: string): boolean {
  return PLAIN.test(text) || (SCHEME.test(text) && !EXCLUDED.test(text));
}

const LANGUAGE = String.raw`(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})`;
const SCRIPT = String.raw`(?:-[a-z]{4})?`;
const REGION = String.raw`(?:-(?:[a-z]{2}|\d{3}))?`;
const VARIANTS = String.raw`(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*`;
const EXTENSIONS = String.raw`(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*`;
const PRIVATE_USE = String.raw`x(?:-[a-z0-9]{1,8})+`;
const GRANDFATHERED = String.raw`en-GB-oed|i-[a-z]{2,8}|sgn-(?:BE-FR|BE-NL|CH-DE)`;

const TAG = new RegExp(
  `^(?:${LANGUAGE}${SCRIPT}${REGION}${VARIANTS}${EXTENSIONS}(?:-${PRIVATE_USE})?|${PRIVATE_USE}|${GRANDFATHERED})$`,
  'i',
);

/** Longer than any tag in use by far; the bound keeps the matching of hostile texts short. */
const MAX_LENGTH = 255;

/** A well-formed language tag (RFC 5646, 2.1): subtags are not looked up in the registry. */
export function isLanguageTag(text: string): boolean {
  return text.length <= MAX_LENGTH && TAG.test(text);
}

/** Header, claims and signature, of which none is empty (RFC 7515, 7.1): without a signature it is no token. */
const COMPACT = /^(?<header>[\w-]+)\.(?<claims>[\w-]+)\.[\w-]+$/u;

/**
 * A part of a token that nobody has verified, parsed.
 *
 * @param text anything
 * @param longest characters, before anything in it is looked at
 * @returns no members of what is no JWT
 */
export function unverifiedPart(
  text: string,
  part: 'header' | 'claims',
  longest: number,
): Readonly<Record<string, unknown>> {
  const encoded = text.length <= longest ? COMPACT.exec(text)?.groups?.[part] : undefined;
  if (encoded === undefined) return {};
  try {
    return Object(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')));
  } catch {
    return {};
  }
}

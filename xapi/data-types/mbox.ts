const MBOX =
  /^mailto:(?:"(?:[^"\\\p{Cc}\p{Cs}]|\\[^\p{Cc}\p{Cs}])+"|[^\s@<>()[\]\\,;:"\p{Cc}\p{Cs}]+)@(?:\[[^\s[\]@]+\]|[^\s@<>()[\]\\,;:"/?#\p{Cc}\p{Cs}]+)$/u;

/** RFC 5321, 4.5.3.1.3 gives a path 256 octets; the bound is above what any server accepts. */
const MAX_LENGTH = 1024;

/**
 * `mailto:` and one e-mail address (xAPI 1.0.3, Data 2.4.2.3). Whatever RFC 5322 and RFC 6531 allow in an address is let
 * through unescaped, because that is how clients send it.
 */
export function isMbox(text: string): boolean {
  return text.length <= MAX_LENGTH && MBOX.test(text);
}

/** The same text for equal addresses: a domain is case-insensitive (xAPI 1.0.3, Data 2.3.1), what precedes it is not. */
export function comparableMbox(mbox: string): string {
  const domain = mbox.lastIndexOf('@');
  return domain === -1 ? mbox : mbox.slice(0, domain) + mbox.slice(domain).toLowerCase();
}

/** A segment of a path, or a name or value of a query, as signatures of version 4 want it (RFC 3986, section 2.3). */
export function escapeUri(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

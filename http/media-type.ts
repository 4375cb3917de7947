export interface MediaType {
  /** In lower case, without parameters: `multipart/mixed`. */
  readonly type: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

const PARAMETER = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/gu;

/**
 * Parses the value of a `Content-Type` header (RFC 9110, 8.3.1). More tolerant than the grammar: an unquoted value may
 * hold any character but `;`, because clients send boundaries so.
 */
export function parseMediaType(header: string | undefined): MediaType {
  const text = header ?? '';
  const end = text.indexOf(';');
  const type = (end === -1 ? text : text.slice(0, end)).trim().toLowerCase();
  const pairs = Array.from(text.matchAll(PARAMETER), ([, name = '', quoted, plain = '']): [string, string] => [
    name.toLowerCase(),
    quoted === undefined ? plain.trim() : quoted.replaceAll(/\\(.)/gu, '$1'),
  ]);
  return { type, parameters: new Map(pairs) };
}

import { endOfString } from '#xapi/json/scan-json.ts';

const COLON = /[ \t\n\r]*:/y;

/**
 * The name of a member that an object has more than once; of those, parsers keep the last one without a word.
 *
 * @param text valid JSON
 */
export function repeatedMember(text: string): string | undefined {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '{' || char === '[') open.push(new Set());
    else if (char === '}' || char === ']') open.pop();
    if (char !== '"') continue;
    const end = endOfString(text, at);
    const name = isName(text, end) ? unescaped(text.slice(at, end + 1)) : undefined;
    if (name !== undefined && open.at(-1)?.has(name) === true) return name;
    if (name !== undefined) open.at(-1)?.add(name);
    at = end;
  }
  return undefined;
}

/** @param end index of the quote that ends the string. In JSON nothing but a name is followed by a colon. */
function isName(text: string, end: number): boolean {
  COLON.lastIndex = end + 1;
  return COLON.test(text);
}

function unescaped(literal: string): string {
  const name: string = JSON.parse(literal);
  return name;
}

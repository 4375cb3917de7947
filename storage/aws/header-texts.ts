/** The headers of an answer, of which Node gives one as a list. */
export function headerTexts(headers: NodeJS.ReadOnlyDict<string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** An element whose text may hold any character: what XML cannot carry as it is becomes a character reference. */
export function textElement(name: string, text: string | number | boolean): string {
  const escaped = String(text).replace(
    /[&<>"\p{Cc}]/gu,
    (character) => ENTITIES[character] ?? `&#${character.codePointAt(0)};`,
  );
  return element(name, escaped);
}

/** @param content elements, already written as XML. */
export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}

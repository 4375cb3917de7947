/** What a terminal obeys, and what turns or hides text; names and labels come from others. */
const ILLEGIBLE = /[\p{Cc}\p{Cf}\u2028\u2029\uFFFD]/gu;

/** A text fit to be printed; line breaks of the text stay. */
export function legible(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replaceAll(ILLEGIBLE, '\u00B7'))
    .join('\n');
}

/** A text fit to be one cell of a table: without line breaks, too. */
export function legibleLine(text: string): string {
  return text.replaceAll(ILLEGIBLE, '\u00B7');
}

/** JSON as it came, with what a terminal obeys as escapes. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(/[\u007F-\u009F\p{Cf}\u2028\u2029]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => escaped(character, index)).join(''),
  );
}

function escaped(character: string, index: number): string {
  return String.raw`\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
}

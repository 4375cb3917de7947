import { SourceMap } from 'node:module';

/**
 * A position in a bundle, with the URL that Lambda, or the laptop, puts in front. A path is tried from its beginning only,
 * so that the time is linear in the length of the text.
 */
const POSITION = /(?:file:\/\/|(?<![\w./-]))[\w./-]*index\.mjs:(\d+):(\d+)/gu;

/** A bundle in UTF-8, and its source map as JSON. */
export interface MappedCode {
  readonly code: Uint8Array;
  readonly sourceMap: string;
}

/**
 * Puts positions of the source in the place of positions in a bundle. What is not in the bundle stays as it is.
 *
 * @param text a stack, or whole lines of the log with stacks in them.
 */
export function translateStack(text: string, { code, sourceMap }: MappedCode): string {
  const map = new SourceMap(JSON.parse(sourceMap));
  const lengths = linesOf(code).map((line) => line.length);
  return text.replaceAll(POSITION, (position, line: string, column: string) => {
    if (Number(column) > (lengths[Number(line) - 1] ?? 0)) return position;
    return originOf(map, Number(line), Number(column)) ?? position;
  });
}

function linesOf(code: Uint8Array): readonly string[] {
  return new TextDecoder().decode(code).split('\n');
}

/** Where the part of the source begins that has become this part of a line; lines and columns count from 1. */
function originOf(map: SourceMap, line: number, column: number): string | undefined {
  const entry = map.findEntry(line - 1, column - 1);
  // Before the first entry of a line stands the last one of the lines above.
  if (!('originalSource' in entry) || entry.generatedLine !== line - 1) return undefined;
  return `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}

import { SourceMap } from 'node:module';

/** A position in a bundle, with the URL that Lambda, or the laptop, puts in front. */
const POSITION = /(?:file:\/\/)?[\w./-]*index\.mjs:(\d+):(\d+)/gu;

/**
 * Puts positions of the source in the place of positions in a bundle.
 *
 * @param text a stack, or whole lines of the log with stacks in them.
 * @param sourceMap of the bundle, JSON.
 */
export function translateStack(text: string, sourceMap: string): string {
  const map = new SourceMap(JSON.parse(sourceMap));
  return text.replaceAll(POSITION, (position, line: string, column: string) => {
    const origin = map.findOrigin(Number(line), Number(column));
    return 'fileName' in origin ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}` : position;
  });
}

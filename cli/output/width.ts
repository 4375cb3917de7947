const SEGMENTER = new Intl.Segmenter();

/** What terminals show two columns wide: ideographs, syllables of Hangul, full-width forms, emoji. */
const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;

const PLAIN = /^[\x20-\x7E]*$/u;

/** Columns that a line takes on a terminal. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return Array.from(SEGMENTER.segment(text)).reduce((sum, { segment }) => sum + widthOfCharacter(segment), 0);
}

/** Cut to a width, and marked with `…` if it was. */
export function shortened(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let left = width - 1;
  for (const { segment } of SEGMENTER.segment(text)) {
    left -= widthOfCharacter(segment);
    if (left < 0) break;
    kept += segment;
  }
  return `${kept}…`;
}

export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

function widthOfCharacter(character: string): number {
  return WIDE.test(character) ? 2 : 1;
}

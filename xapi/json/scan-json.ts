/** Objects and arrays inside one another that a body may have; what walks a value recursively relies on it. */
export const MAX_DEPTH = 100;

const DOUBLE_DIGITS = 15;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export interface JsonScan {
  /** Where nesting first exceeds `MAX_DEPTH`. */
  readonly tooDeepAt: number | undefined;
  /** Whether some number may have more digits or a larger exponent than a double holds. */
  readonly longNumbers: boolean;
}

/** One pass over JSON text, without recursion, that skips its strings. The text need not be valid. */
export function scanJson(text: string): JsonScan {
  let depth = 0;
  let digits = 0;
  let longNumbers = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char >= 0x30 && char <= 0x39) {
      digits += 1;
      longNumbers ||= digits > DOUBLE_DIGITS;
      continue;
    }
    if (isExponent(char) && digits > 0) longNumbers = true;
    if (char !== 0x2e) digits = 0;
    if (char === QUOTE) at = endOfString(text, at);
    else if (char === 0x7d || char === 0x5d) depth -= 1;
    else if (char === 0x7b || char === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) return { tooDeepAt: at, longNumbers };
    }
  }
  return { tooDeepAt: undefined, longNumbers };
}

function isExponent(char: number): boolean {
  return char === 0x65 || char === 0x45;
}

/** Index of the quote that ends the string starting at `start`, or of the end of the text. */
export function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

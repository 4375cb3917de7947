import { XapiError } from '#xapi/errors.ts';
import { survivesAsDouble } from '#xapi/json/exact-number.ts';
import type { JsonObject, JsonValue } from '#xapi/json/json-value.ts';
import { locateJsonError } from '#xapi/json/locate-json-error.ts';
import { MAX_DEPTH, scanJson } from '#xapi/json/scan-json.ts';
import { shorten } from '#xapi/shorten.ts';

export interface ParsedJson {
  /** Plain values: what rules, keys and filters read. */
  readonly value: JsonValue;
  /**
   * What `JSON.stringify` turns back into what was sent: the same object as `value`, unless a number of the text is
   * more than a double holds. Then a second tree, in which such numbers are `JSON.rawJSON` objects.
   */
  readonly exact: JsonValue;
}

declare global {
  /** Node 24 has all of it; the library of the compiler does not know them yet. */
  interface JSON {
    rawJSON(text: string): JsonObject;
    isRawJSON(value: unknown): boolean;
    parse(
      text: string,
      reviver: (name: string, value: JsonValue, context: { source?: string }) => JsonValue,
    ): JsonValue;
  }
}

const SHOWN = 40;

/**
 * @throws XapiError `body-invalid` with the position when the text is empty, no JSON, cut short, or nested deeper than
 * `MAX_DEPTH`.
 */
export function parseJson(text: string): ParsedJson {
  if (text.trim() === '') throw invalid('The body is empty.', 'JSON text');
  const scan = scanJson(text);
  if (scan.tooDeepAt !== undefined) throw tooDeep(text, scan.tooDeepAt);
  const value = parsePlain(text);
  return { value, exact: scan.longNumbers ? parseExact(text, value) : value };
}

function parsePlain(text: string): JsonValue {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch (cause) {
    throw notJson(text, cause);
  }
}

function parseExact(text: string, value: JsonValue): JsonValue {
  let kept = 0;
  const exact = JSON.parse(text, (_name, member, { source }) => {
    if (typeof member !== 'number' || source === undefined || survivesAsDouble(source, member)) return member;
    kept += 1;
    return JSON.rawJSON(source);
  });
  return kept === 0 ? value : exact;
}

function notJson(text: string, cause: unknown): XapiError {
  const { at, expected } = locateJsonError(text);
  if (at === text.length) {
    return invalid(`The JSON ends too early, at ${positionIn(text, at)}.`, expected, text.slice(-SHOWN), cause);
  }
  return invalid(`The body is not JSON at ${positionIn(text, at)}.`, expected, text.slice(at, at + SHOWN), cause);
}

function tooDeep(text: string, at: number): XapiError {
  const message = `The JSON is nested deeper than ${MAX_DEPTH} levels at ${positionIn(text, at)}.`;
  return invalid(message, `at most ${MAX_DEPTH} levels`);
}

function positionIn(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return `line ${line}, column ${at - before.lastIndexOf('\n')}`;
}

function invalid(message: string, expected: string, received?: string, cause?: unknown): XapiError {
  return new XapiError(
    {
      code: 'body-invalid',
      message,
      expected,
      ...(received === undefined ? {} : { received: shorten(received) }),
      section: 'xAPI 1.0.3, Data 2.2; xAPI 2.0, 4.1.5',
    },
    { cause },
  );
}

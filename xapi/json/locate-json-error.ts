import { endOfString } from '#xapi/json/scan-json.ts';

export interface JsonErrorPlace {
  /** Index of the token that does not fit; the length of the text when it ends too early. */
  readonly at: number;
  readonly expected: string;
}

type Token = 'string' | 'scalar' | 'broken' | 'end' | '{' | '}' | '[' | ']' | ':' | ',';
type State = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | 'after value';

interface Lexeme {
  readonly token: Token;
  readonly start: number;
  readonly end: number;
}

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
const CUT_SCALAR = /^(?:tr?u?|fa?l?s?|nu?l?|-|-?\d+\.|-?\d+(?:\.\d+)?[eE][+-]?)$/;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-f]{4})/gi;
const NOT_IN_STRING = /[\p{Cc}\\]/u;
const C1 = /[\u007f-\u009f]/g;

const EXPECTED: Record<Exclude<State, 'after value'>, string> = {
  value: 'a value',
  'value or ]': 'a value or "]"',
  name: 'a property name in double quotes',
  'name or }': 'a property name in double quotes, or "}"',
  ':': '":"',
};

/** Where JSON text that `JSON.parse` refused stops being JSON: its own messages rarely say. */
export function locateJsonError(text: string): JsonErrorPlace {
  const open: ('{' | '[')[] = [];
  let state: State = 'value';
  for (let lexeme = lexemeAt(text, 0); ; lexeme = lexemeAt(text, lexeme.end)) {
    const next = nextState(state, lexeme.token, open);
    if (next === undefined) return { at: lexeme.start, expected: expectedIn(state, open) };
    state = next;
  }
}

/** Keeps `open`, the brackets not closed yet. Undefined when the token does not fit. */
function nextState(state: State, token: Token, open: ('{' | '[')[]): State | undefined {
  if (state === ':') return token === ':' ? 'value' : undefined;
  if (state === 'after value') return afterValue(token, open);
  if (state === 'name' || state === 'name or }') {
    if (token === 'string') return ':';
    return token === '}' && state === 'name or }' ? close(open) : undefined;
  }
  if (token === 'string' || token === 'scalar') return 'after value';
  if (token === ']' && state === 'value or ]') return close(open);
  if (token !== '{' && token !== '[') return undefined;
  open.push(token);
  return token === '{' ? 'name or }' : 'value or ]';
}

function afterValue(token: Token, open: ('{' | '[')[]): State | undefined {
  const bracket = open.at(-1);
  if (token === ',' && bracket !== undefined) return bracket === '{' ? 'name' : 'value';
  return (token === '}' && bracket === '{') || (token === ']' && bracket === '[') ? close(open) : undefined;
}

function close(open: ('{' | '[')[]): State {
  open.pop();
  return 'after value';
}

function expectedIn(state: State, open: readonly ('{' | '[')[]): string {
  if (state !== 'after value') return EXPECTED[state];
  if (open.length === 0) return 'the end of the body';
  return open.at(-1) === '{' ? '"," or "}"' : '"," or "]"';
}

function lexemeAt(text: string, from: number): Lexeme {
  SPACE.lastIndex = from;
  SPACE.test(text);
  const start = SPACE.lastIndex;
  const char = text[start];
  if (char === undefined) return { token: 'end', start, end: start };
  if (char === '"') return stringAt(text, start);
  if (isPunctuation(char)) return { token: char, start, end: start + 1 };
  SCALAR.lastIndex = start;
  return SCALAR.test(text) ? { token: 'scalar', start, end: SCALAR.lastIndex } : broken(text, start);
}

function stringAt(text: string, start: number): Lexeme {
  const end = endOfString(text, start);
  if (end === text.length) return broken(text, text.length);
  const plain = text
    .slice(start + 1, end)
    .replaceAll(ESCAPE, '')
    .replaceAll(C1, '');
  return NOT_IN_STRING.test(plain) ? broken(text, start) : { token: 'string', start, end: end + 1 };
}

/** A word or number cut off by the end of the text is taken for an early end. */
function broken(text: string, at: number): Lexeme {
  const start = CUT_SCALAR.test(text.slice(at)) ? text.length : at;
  return { token: 'broken', start, end: text.length };
}

function isPunctuation(char: string): char is '{' | '}' | '[' | ']' | ':' | ',' {
  return '{}[]:,'.includes(char);
}

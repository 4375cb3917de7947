import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { problemOf } from '#test/support/problem-of.ts';
import { XapiError } from '#xapi/errors.ts';
import { parseJson } from '#xapi/json/parse-json.ts';

describe('JSON text of a body', () => {
  it.each([
    ['', 'The body is empty.', 'JSON text'],
    [' \n', 'The body is empty.', 'JSON text'],
    ['{', 'The JSON ends too early, at line 1, column 2.', 'a property name in double quotes, or "}"'],
    ['{"a":\n "x', 'The JSON ends too early, at line 2, column 4.', 'a value'],
    ['[1,2', 'The JSON ends too early, at line 1, column 5.', '"," or "]"'],
    ['[0,tru', 'The JSON ends too early, at line 1, column 7.', 'a value'],
    ['{"a":1,}', 'The body is not JSON at line 1, column 8.', 'a property name in double quotes'],
    ['{"a" 1}', 'The body is not JSON at line 1, column 6.', '":"'],
    ['{"a":1 "b":2}', 'The body is not JSON at line 1, column 8.', '"," or "}"'],
    ["{'a':1}", 'The body is not JSON at line 1, column 2.', 'a property name in double quotes, or "}"'],
    ['[01]', 'The body is not JSON at line 1, column 2.', 'a value or "]"'],
    ['{}{}', 'The body is not JSON at line 1, column 3.', 'the end of the body'],
    [String.raw`["\x"]`, 'The body is not JSON at line 1, column 2.', 'a value or "]"'],
    ['\0', 'The body is not JSON at line 1, column 1.', 'a value'],
  ])('%j is refused with its position', (text, message, expected) => {
    expect(problemOf(() => parseJson(text))).toMatchObject({ code: 'body-invalid', message, expected });
  });

  it('may be nested 100 levels deep, not 101', () => {
    expect(() => parseJson(nested(100))).not.toThrow();
    expect(problemOf(() => parseJson(nested(101))).message).toContain('deeper than 100 levels at line 1, column 101');
    expect(problemOf(() => parseJson('{"a":'.repeat(1e6))).code).toBe('body-invalid');
  });

  it('does not count brackets inside strings as levels', () => {
    expect(parseJson(JSON.stringify([`\\"${'['.repeat(500)}`])).value).toEqual([`\\"${'['.repeat(500)}`]);
  });

  it('keeps a member named __proto__ as an own property', () => {
    const { value } = parseJson('{"__proto__":{"admin":true}}');
    expect(Object.keys(value ?? {})).toEqual(['__proto__']);
    expect(value).not.toHaveProperty('admin');
  });

  it('never throws anything but an XapiError', () => {
    const almostJson = fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 })).map(([text, at, noise]) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + noise + text.slice(cut + 1);
    });
    fc.assert(
      fc.property(fc.oneof(almostJson, fc.string({ unit: 'binary' })), (text) => {
        expect(outcomeOf(parsedText, text)).toBe(outcomeOf(parsedByPlatform, text));
      }),
      { numRuns: 500 },
    );
  });
});

describe('numbers of a body', () => {
  it('are the same object in both trees when doubles hold them', () => {
    const { value, exact } = parseJson('[0.1, 1e2, 1.50, 0.30000000000000004, 100.67676760000000000, -0]');
    expect(exact).toBe(value);
  });

  it.each(['1e400', '-1e-400', '12345678901234567890', '0.1000000000000000055', '9007199254740993', '1E+309'])(
    '%s comes back as it was sent',
    (number) => {
      const { value, exact } = parseJson(`{"a":[${number},1.0]}`);
      expect(JSON.stringify(exact)).toBe(`{"a":[${number},1]}`);
      expect(value).toEqual({ a: [Number(number), 1] });
    },
  );

  it('are not looked for inside strings', () => {
    const { value, exact } = parseJson('{"a":"12345678901234567890 1e999"}');
    expect(exact).toBe(value);
  });

  it('survive for any run of digits', () => {
    const numbers = fc
      .tuple(fc.boolean(), fc.bigInt({ min: 0n }), fc.stringMatching(/^\d{1,30}$/), fc.integer({ min: -500, max: 500 }))
      .map(([minus, whole, fraction, exponent]) => `${minus ? '-' : ''}${whole}.${fraction}e${exponent}`);
    fc.assert(
      fc.property(numbers, (number) => {
        const back = JSON.stringify(parseJson(`[${number}]`).exact).slice(1, -1);
        expect(decimal(back)).toBe(decimal(number));
      }),
    );
  });
});

function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

function parsedText(text: string): string {
  return JSON.stringify(parseJson(text).value);
}

function parsedByPlatform(text: string): string {
  return JSON.stringify(JSON.parse(text));
}

function outcomeOf(act: (text: string) => string, text: string): string {
  try {
    return act(text);
  } catch (error) {
    if (error instanceof XapiError || error instanceof SyntaxError) return 'refused';
    throw error;
  }
}

/** The same number always as the same text, by another way than the code under test: scaled to an integer. */
function decimal(number: string): string {
  const [mantissa = '', exponent = '0'] = number.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  let digits = BigInt(`${whole}${fraction}`);
  let power = Number(exponent) - fraction.length;
  if (digits === 0n) return '0';
  while (digits % 10n === 0n) {
    digits /= 10n;
    power += 1;
  }
  return `${digits}e${power}`;
}

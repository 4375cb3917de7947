import type { Parameter } from '#http/request.ts';
import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';

/** More than any request has by far; a body of nothing but separators must not become millions of parameters. */
const PARAMETER_LIMIT = 100;

/**
 * Parses `a=1&b=2`, a query string or the body of a form: percent-encoded UTF-8, `+` for a space.
 *
 * @throws XapiError `parameter-invalid` for what is not UTF-8, and for more parameters than anybody sends.
 */
export function parseForm(text: string): readonly Parameter[] {
  const pairs = text.split('&', PARAMETER_LIMIT + 1);
  if (pairs.length > PARAMETER_LIMIT) throw tooMany();
  return pairs.filter(Boolean).map(parsePair);
}

function tooMany(): XapiError {
  const expected = `at most ${PARAMETER_LIMIT}`;
  return new XapiError({ code: 'parameter-invalid', message: 'There are too many parameters.', expected });
}

function parsePair(pair: string): Parameter {
  const equals = pair.indexOf('=');
  if (equals === -1) return { name: decode(pair), value: '' };
  return { name: decode(pair.slice(0, equals)), value: decode(pair.slice(equals + 1)) };
}

function decode(text: string): string {
  try {
    const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
    return spaced.includes('%') ? decodeURIComponent(spaced) : spaced;
  } catch {
    throw new XapiError({
      code: 'parameter-invalid',
      message: 'A parameter cannot be decoded.',
      expected: 'percent-encoded UTF-8',
      received: shorten(text),
      section: 'xAPI 1.0.3, Communication 1.4; xAPI 2.0, 4.1.2',
    });
  }
}

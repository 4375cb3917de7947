import type { Parameter } from '#http/request.ts';
import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';

/**
 * Parses `a=1&b=2`, a query string or the body of a form: percent-encoded UTF-8, `+` for a space.
 *
 * @throws XapiError `parameter-invalid` for what is not UTF-8.
 */
export function parseForm(text: string): readonly Parameter[] {
  return text.split('&').filter(Boolean).map(parsePair);
}

function parsePair(pair: string): Parameter {
  const equals = pair.indexOf('=');
  if (equals === -1) return { name: decode(pair), value: '' };
  return { name: decode(pair.slice(0, equals)), value: decode(pair.slice(equals + 1)) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new XapiError({
      code: 'parameter-invalid',
      message: 'A parameter cannot be decoded.',
      expected: 'percent-encoded UTF-8',
      received: shorten(text),
      section: 'xAPI 1.0.3, Communication 1.4',
    });
  }
}

import type { Headers } from '#http/request.ts';
import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';

/** Characters of all headers of a part. */
const LIMIT = 8_192;

const HEADER = /^([\w!#$%&'*+.^`|~-]+):[ \t]*(.*?)[ \t]*$/u;

/**
 * @param text the lines of the headers, separated by CRLF
 * @param index of the part, for errors
 * @throws XapiError `body-invalid`
 */
export function parsePartHeaders(text: string, index: number): Headers {
  if (text.length > LIMIT) throw invalid(`The headers of part ${index} are longer than ${LIMIT} characters.`, text);
  const headers = new Map<string, string>();
  for (const line of text.split('\r\n').filter(Boolean)) {
    const [, name = '', value = ''] = HEADER.exec(line) ?? [];
    const key = name.toLowerCase();
    if (key === '') throw invalid(`Part ${index} has a line among its headers that is none.`, line);
    if (headers.has(key)) throw invalid(`Part ${index} has the same header twice.`, line);
    headers.set(key, value);
  }
  return Object.fromEntries(headers);
}

function invalid(message: string, received: string): XapiError {
  return new XapiError({
    code: 'body-invalid',
    message,
    expected: 'lines of the form "Name: value"',
    received: shorten(received),
    section: 'xAPI 1.0.3, Communication 1.5.2; xAPI 2.0, 4.1.3; RFC 2046, 5.1',
  });
}

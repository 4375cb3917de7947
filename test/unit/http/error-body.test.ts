import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorType, writeError } from '#http/error-body.ts';

describe('the type of errors (xAPI 1.0.3, Communication 3.2; RFC 9110, 12.5.1)', () => {
  it.each([
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['application/json, text/plain, */*', 'application/json'],
    ['application/json;q=0.1, text/html;q=0.2', 'text/html'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
    ['TEXT/Plain', 'text/plain'],
    ['text/*', 'text/plain'],
    ['text/*, text/plain;q=0', 'text/html'],
    ['*/*, application/json;q=0.5', 'text/plain'],
    ['multipart/mixed', 'application/json'],
    ['application/json;q=0', 'application/json'],
  ])('for Accept: %s is %s', (accept, type) => {
    expect(errorType(accept)).toBe(type);
  });
});

describe('an error', () => {
  const members = { code: 'parameter-unknown', message: 'No "<b>".', path: '<b>', received: undefined };

  it('is a JSON object', () => {
    expect(JSON.parse(writeError(members, 'application/json'))).toEqual({ ...members, received: undefined });
  });

  it('is a text with a line for each member', () => {
    expect(writeError(members, 'text/plain')).toBe('parameter-unknown: No "<b>".\npath: <b>\n');
  });

  it('is a page in which nothing a client sent is markup', () => {
    const page = writeError(members, 'text/html');
    expect(page).toContain('<h1>parameter-unknown</h1>\n<p>No &#34;&#60;b&#62;&#34;.');
    expect(page).toContain('<dt>path<dd>&#60;b&#62;');
    fc.assert(
      fc.property(fc.string(), (message) => {
        expect(writeError({ code: 'c', message }, 'text/html').split('<')).toHaveLength(
          writeError({ code: 'c', message: '' }, 'text/html').split('<').length,
        );
      }),
    );
  });
});

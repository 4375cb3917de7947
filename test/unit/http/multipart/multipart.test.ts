import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMultipart } from '#http/multipart/parse-multipart.ts';
import { writeMultipart } from '#http/multipart/write-multipart.ts';
import { XapiError } from '#xapi/errors.ts';
import { errorOf } from '#test/support/error-of.ts';

const parse = (text: string, boundary = 'b'): readonly (readonly [object, string])[] =>
  parseMultipart(Buffer.from(text), boundary).map(({ headers, content }) => [headers, Buffer.from(content).toString()]);

describe('multipart bodies (RFC 2046, 5.1.1)', () => {
  it('have parts with headers and content', () => {
    const body = '--b\r\nContent-Type: text/plain\r\nX-Other:  1 \r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\n';
    expect(parse(body)).toEqual([
      [{ 'content-type': 'text/plain', 'x-other': '1' }, 'one'],
      [{}, 'two'],
    ]);
  });

  it('may have something before the first boundary and after the last', () => {
    expect(parse('preamble\r\n--b\r\n\r\none\r\n--b--\r\nepilogue\r\n--b\r\n')).toEqual([[{}, 'one']]);
  });

  it('may have spaces behind a boundary', () => {
    expect(parse('--b \t\r\n\r\none\r\n--b-- ')).toEqual([[{}, 'one']]);
  });

  it('may have parts without content', () => {
    expect(parse('--b\r\n\r\n\r\n--b\r\nA: b\r\n\r\n\r\n--b--')).toEqual([
      [{}, ''],
      [{ a: 'b' }, ''],
    ]);
  });

  it.each([
    ['within a line', 'text --b text'],
    ['at the beginning of a longer one', '\r\n--boundary\r\n'],
    ['behind a bare LF', '\n--b\n\n--b--\n'],
    ['of a multipart inside', '\r\n--c\r\n\r\ninner\r\n--c--\r\n'],
  ])('keep a boundary %s as content', (_, content) => {
    expect(parse(`--b\r\n\r\n${content}\r\n--b--`)).toEqual([[{}, content]]);
  });

  it.each([
    ['without any boundary', 'text'],
    ['empty', ''],
    ['with another boundary', '--c\r\n\r\none\r\n--c--'],
    ['cut short', '--b\r\n\r\none\r\n'],
    ['cut short within the last boundary', '--b\r\n\r\none\r\n--b-'],
    ['without the empty line behind the headers', '--b\r\nA: b\r\n--b--'],
    ['with a line that is no header', '--b\r\nnothing\r\n\r\none\r\n--b--'],
    ['with a header twice', '--b\r\nA: 1\r\na: 2\r\n\r\none\r\n--b--'],
    ['with headers that are too long', `--b\r\nA: ${'a'.repeat(10_000)}\r\n\r\none\r\n--b--`],
    ['with too many parts', `${'--b\r\n\r\n\r\n'.repeat(2_000)}--b--`],
  ])('are refused %s', (_, body) => {
    expect(() => parse(body)).toThrow(expect.objectContaining({ code: 'body-invalid' }));
  });

  it('come back as they were written', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.constantFrom('\r\n', '--', 'b', '0', '\n', '-', ' ')).map((pieces) => Buffer.from(pieces.join(''))),
    );
    const part = fc.record({ content: bytes, value: fc.string({ unit: fc.constantFrom('a', '/', ';', '=') }) });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        let drawn = 0;
        const sent = parts.map(({ content, value }) => ({ headers: { 'x-value': value }, content }));
        const { boundary, body } = writeMultipart(sent, () => `b${(drawn++).toString(2)}`);
        const received = parseMultipart(body, boundary);
        expect(received.map(({ headers }) => headers)).toEqual(sent.map(({ headers }) => headers));
        expect(received.map(({ content }) => Buffer.from(content))).toEqual(
          sent.map(({ content }) => Buffer.from(content)),
        );
      }),
    );
  });

  it('cause no other error than their own, whatever they hold', () => {
    const pieces = fc.constantFrom('--b', '\r\n', '--', 'A: b', ' ', ':', '\n', 'x', '\r', '\u0000', 'é');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.array(pieces).map((list) => Buffer.from(list.join(''))),
        ),
        (body) => {
          const error = errorOf(() => parseMultipart(body, 'b'));
          expect(error === undefined || error instanceof XapiError).toBe(true);
        },
      ),
    );
  });

  it('are written with a boundary that no part contains', () => {
    const boundaries = ['one', 'two', 'three'];
    const parts = [
      { headers: {}, content: Buffer.from('has one') },
      { headers: {}, content: Buffer.from('and two') },
    ];
    expect(writeMultipart(parts, () => boundaries.shift() ?? '').boundary).toBe('three');
  });

  it('are written without headers that are long or would begin another line', () => {
    const headers = { A: 'b\r\nInjected: 1', C: 'd', E: undefined, F: 'g'.repeat(201) };
    const parts = [{ headers, content: Buffer.from('one') }];
    const { body } = writeMultipart(parts, () => 'b');
    expect(Buffer.from(body).toString()).toBe('--b\r\nC: d\r\n\r\none\r\n--b--\r\n');
  });
});

import { describe, expect, it } from 'vitest';
import { parseMediaType } from '#http/media-type.ts';

describe('Content-Type (RFC 9110, 8.3.1)', () => {
  it.each([
    ['multipart/mixed; boundary=abc', 'multipart/mixed', 'abc'],
    ['Multipart/Mixed;BOUNDARY="a b;\\"c"', 'multipart/mixed', 'a b;"c'],
    ['multipart/mixed; charset=utf-8; boundary=-------314=:1 ', 'multipart/mixed', '-------314=:1'],
    ['multipart/mixed;', 'multipart/mixed', undefined],
    ['', '', undefined],
    [undefined, '', undefined],
  ])('%o has type %o and boundary %o', (header, type, boundary) => {
    const parsed = parseMediaType(header);
    expect(parsed.type).toBe(type);
    expect(parsed.parameters.get('boundary')).toBe(boundary);
  });
});

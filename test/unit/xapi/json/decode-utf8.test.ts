import { describe, expect, it } from 'vitest';

import { problemOf } from '#test/support/problem-of.ts';
import { decodeUtf8 } from '#xapi/json/decode-utf8.ts';

describe('bytes of a body', () => {
  it('are UTF-8', () => {
    expect(decodeUtf8(Buffer.from('"é漢😀"'))).toBe('"é漢😀"');
  });

  it('may start with a byte order mark, which is dropped', () => {
    expect(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d))).toBe('{}');
  });

  it.each([[[0xff]], [[0xc3]], [[0xed, 0xa0, 0x80]], [[0xc0, 0xaf]]])('%j is refused', (bytes) => {
    expect(problemOf(() => decodeUtf8(Uint8Array.from(bytes))).code).toBe('body-invalid');
  });
});

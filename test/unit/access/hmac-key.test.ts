import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HmacKey } from '#access/hmac-key.ts';

describe('HmacKey', () => {
  // RFC 4231, test cases 1, 2 and 6.
  it.each([
    [
      'a short key',
      Buffer.alloc(20, 0x0b),
      'Hi There',
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    ],
    [
      'a key of text',
      Buffer.from('Jefe'),
      'what do ya want for nothing?',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    [
      'a key that is longer than a block',
      Buffer.alloc(131, 0xaa),
      'Test Using Larger Than Block-Size Key - Hash Key First',
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
  ])('gives the code of the standard for %s', (_, key, text, code) => {
    expect(new HmacKey(key).codeOf(text)).toBe(code);
  });

  it('gives what Node gives, for every key and text, again and again', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('\ud83d', '\ude00', 'é') }));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 130, size: 'max' }), text, text, (bytes, one, other) => {
        const key = new HmacKey(bytes);
        const codes = [one, other, one].map((each) => createHmac('sha256', bytes).update(each).digest('hex'));
        expect([one, other, one].map((each) => key.codeOf(each))).toEqual(codes);
      }),
    );
  });
});

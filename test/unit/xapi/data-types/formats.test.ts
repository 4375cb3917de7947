import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { FORMATS } from '#xapi/data-types/formats.ts';
import type { Format } from '#xapi/data-types/formats.ts';

const CASES: Readonly<Record<Format, { valid: readonly string[]; invalid: readonly string[] }>> = {
  iri: {
    valid: [
      'http://example.com/a?b[]=c#d',
      'course-v1:edX+Demo',
      'urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66',
      'http://例え.jp/活動',
      'http://example.com/%20x',
    ],
    invalid: [
      '',
      'example.com/x',
      'ab=c://x',
      'http:',
      'http://a b',
      'http://x/<y>',
      'http://x/%zz',
      'u:\u0000',
      'u:\ud800',
    ],
  },
  uuid: {
    valid: ['AA97B177-9383-4934-8543-0F91A7A02836', '00000000-0000-0000-0000-000000000000'],
    invalid: [
      'AA97B177-9383-4934-8543-0F91A7A028368',
      'MA97B177-9383-4934-8543-0F91A7A02836',
      '{aa97b177-9383-4934-8543-0f91a7a02836}',
      'aa97b177938349348543-0f91a7a02836',
      'aa97b177-9383-4934-8543-0f91a7a02836\n',
    ],
  },
  mbox: {
    valid: [
      'mailto:ann@example.com',
      "mailto:o'neil+xapi@example.com",
      'mailto:a`{|}~^?&=/#$%!*@example.com',
      'mailto:"ann bob"@example.com',
      'mailto:ü@münchen.de',
      'mailto:a..b@example.jp',
      'mailto:ann@[192.0.2.1]',
      'mailto:ann@localhost',
    ],
    invalid: [
      'ann@example.com',
      'mailto:example.com',
      'MAILTO:ann@example.com',
      'mailto:ann@example.com?subject=x',
      'mailto:ann@example.com,bob@example.com',
      'mailto:ann bob@example.com',
      'mailto:@example.com',
      'mailto:ann@',
      `mailto:${'a'.repeat(2000)}@example.com`,
    ],
  },
  sha1: {
    valid: ['cd9b00a5611f94eaa7b1661edab976068e364975', 'CD9B00A5611F94EAA7B1661EDAB976068E364975'],
    invalid: ['', 'cd9b00a5611f94eaa7b1661edab976068e36497', 'xd9b00a5611f94eaa7b1661edab976068e364975'],
  },
  sha2: {
    valid: [56, 64, 96, 128].map((length) => 'aB'.repeat(length / 2)),
    invalid: ['', 'ab'.repeat(20), 'ab'.repeat(33), 'xy'.repeat(32)],
  },
  duration: {
    valid: ['PT4H35M59.14S', 'PT16559.14S', 'P3Y1M29DT4H35M59.14S', 'P3Y', 'P4W', 'P0D', 'P0.5Y', 'PT0,5S', 'PT36H'],
    invalid: ['', 'P', 'PT', 'P1DT', 'P4W1D', 'PA1H0M0S', '-P1D', 'P1H', 'PT1.5H3M', 'P2012-01-01T00:00:00', 'PT.5S'],
  },
  'language-tag': {
    valid: ['en', 'en-US', 'es-419', 'zh-Hant-TW', 'de-CH-1996', 'en-u-ca-gregory', 'x-pirate', 'i-klingon', 'EN-us'],
    invalid: ['', 'a', 'en_US', 'a12345678', 'a12345', 'en-', 'en--US', `en${'-abcde'.repeat(60)}`],
  },
  'media-type': {
    valid: ['text/plain', 'text/plain; charset=ascii', 'application/vnd.api+json;v=1'],
    invalid: ['', 'text', 'text/', '/plain', 'text plain', 'text/plain charset'],
  },
  'iso-8601-timestamp': {
    valid: ['2013-05-18T05:32:34.804Z', '20130518T053234Z', '2013-05-18', '2013-05-18T05:32', '2013-05-18T05+02'],
    invalid: ['', 'should fail', '01/011/2015', '2013-02-30T00:00:00Z', '2008-09-15T15:53:00.601-00', '2013-W20-6'],
  },
  'rfc-3339-timestamp': {
    valid: ['2013-05-18T05:32:34.804Z', '2008-09-15T15:53:00+00:00', '2012-02-29t00:00:00z', '2016-12-31T23:59:60Z'],
    invalid: [
      '2013-05-18T05:32:34',
      '2013-05-18T05:32Z',
      '20130518T053234Z',
      '2008-09-15T15:53:00.601+0000',
      '2008-09-15T15:53:00.601-00:00',
      '2013-02-29T00:00:00Z',
      '2013-01-01T24:00:00Z',
    ],
  },
  'version-1.0': { valid: ['1.0', '1.0.0', '1.0.9', '1.0.10'], invalid: ['', '0.9.9', '1.1.0', '1.0.', '2.0.0', '1'] },
  'version-2.0': { valid: ['2.0', '2.0.0', '1.0', '1.0.9'], invalid: ['', '0.9.9', '1.1.0', '2.1.0', '3.0.0'] },
  unicode: { valid: ['', 'é😀\0'], invalid: ['\ud800', 'a\udc00b'] },
};

describe.each(Object.entries(CASES))('format %s', (name, { valid, invalid }) => {
  const isValid = Object.entries(FORMATS).find(([format]) => format === name)?.[1];

  it.each(valid)('accepts %j', (text) => {
    expect(isValid?.(text)).toBe(true);
  });

  it.each(invalid)('refuses %j', (text) => {
    expect(isValid?.(text)).toBe(false);
  });

  it('decides on any text, however long', () => {
    const long = fc
      .tuple(fc.constantFrom(...valid, ...invalid), fc.string({ minLength: 1 }))
      .map(([start, text]) => start + text);
    fc.assert(
      fc.property(fc.oneof(long, fc.string({ unit: 'binary' })), (text) => typeof isValid?.(text) === 'boolean'),
    );
    for (const piece of ['1', 'a', 'a-', '%20', 'P1', '\u{1f600}']) {
      expect(isValid?.((valid[0] ?? '') + piece.repeat(1_000_000))).toBeTypeOf('boolean');
    }
  });
});

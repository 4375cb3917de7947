import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { timestamps } from '#test/support/arbitraries.ts';
import { isRfc3339Timestamp, isTimestamp, timestampMilliseconds } from '#xapi/data-types/timestamp.ts';

describe('timestamp (xAPI 1.0.3, Data 4.5)', () => {
  it.each([
    ['2013-05-18T05:32:34.804Z', '2013-05-18T05:32:34.804Z'],
    ['2013-05-18T05:32:34.8049999Z', '2013-05-18T05:32:34.804Z'],
    ['1969-12-31T23:59:59.9999Z', '1969-12-31T23:59:59.999Z'],
    ['2013-05-18T05:32:34,5+02:30', '2013-05-18T03:02:34.500Z'],
    ['20130518T053234-0100', '2013-05-18T06:32:34.000Z'],
    ['2013-05-18T05+02', '2013-05-18T03:00:00.000Z'],
    ['2013-05-18T05:32:34', '2013-05-18T05:32:34.000Z'],
    ['2012-02-29', '2012-02-29T00:00:00.000Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
    ['2013-12-31T24:00:00Z', '2014-01-01T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['0050-01-01T00:00:00Z', '0050-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(new Date(timestampMilliseconds(text)).toISOString()).toBe(instant);
  });

  it.each([
    '2013-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2013-04-31T00:00:00Z',
    '2013-00-01T00:00:00Z',
    '2013-13-01T00:00:00Z',
    '2013-01-00T00:00:00Z',
    '2013-01-01T24:00:01Z',
    '2013-01-01T25:00:00Z',
    '2013-01-01T00:60:00Z',
    '2013-01-01T00:00:60Z',
    '2013-01-01T00:00:00+24:00',
    '2013-01-01T00:00:00+01:60',
    '2013-01-01T00:00:00-00',
    '2013-01-01T00:00:00-0000',
    '2013-01-01T00:00:00-00:00',
    '2013-0101T00:00:00Z',
    '2013-01-01T0000Z',
    '2013-01-01 00:00:00Z',
    '2013-01-01T00:00:00.Z',
  ])('%s is none', (text) => {
    expect(isTimestamp(text)).toBe(false);
    expect(timestampMilliseconds(text)).toBeNaN();
  });

  it('is any instant as the platform writes it', () => {
    fc.assert(
      fc.property(timestamps, (text) => {
        expect(timestampMilliseconds(text)).toBe(Date.parse(text));
        expect(isRfc3339Timestamp(text)).toBe(true);
      }),
    );
  });

  it('is read the same in every time zone it is written in', () => {
    fc.assert(
      fc.property(timestamps, fc.integer({ min: 1, max: 23 * 60 + 59 }), (text, minutes) => {
        const zone = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
        const utc = timestampMilliseconds(text);
        expect(timestampMilliseconds(text.replace('Z', `+${zone}`))).toBe(utc - minutes * 60_000);
        expect(timestampMilliseconds(text.replace('Z', `-${zone}`))).toBe(utc + minutes * 60_000);
      }),
    );
  });
});

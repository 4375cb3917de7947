import { describe, expect, it } from 'vitest';
import { acceptedCoding } from '#http/content-coding.ts';

describe('Accept-Encoding (RFC 9110, 12.5.3)', () => {
  it.each([
    ['', undefined],
    ['gzip', 'gzip'],
    ['GZIP, deflate, br', 'br'],
    ['br;q=0.5, gzip', 'gzip'],
    ['br;q=0, gzip;q=0.1', 'gzip'],
    ['*', 'br'],
    ['*;q=0', undefined],
    ['identity', undefined],
    ['gzip;q=none', undefined],
  ])('%o chooses %o', (header, coding) => {
    expect(acceptedCoding(header)).toBe(coding);
  });
});

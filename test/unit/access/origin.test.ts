import { describe, expect, it } from 'vitest';
import { canonicalOrigin, permitsOrigin } from '#access/origin.ts';

describe('an origin (RFC 6454)', () => {
  it.each([
    ['https://lms.example.com', 'https://lms.example.com'],
    ['HTTPS://LMS.example.COM:443', 'https://lms.example.com'],
    ['http://localhost:80', 'http://localhost'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['https://lms.example.com:80', 'https://lms.example.com:80'],
    ['http://[::1]:443', 'http://[::1]:443'],
    ['capacitor://localhost', 'capacitor://localhost'],
  ])('%s is compared as %s', (text, canonical) => {
    expect(canonicalOrigin(text)).toBe(canonical);
  });

  it.each([
    '',
    'null',
    'lms.example.com',
    'https://',
    'https://a/',
    'https://a/b',
    'https://a?b',
    'https://u@a',
    'https://a, b',
  ])('is none as %o', (text) => {
    expect(canonicalOrigin(text)).toBeUndefined();
  });

  it('is permitted where it is named, or where none is', () => {
    expect(permitsOrigin(undefined, 'https://a.example')).toBe(true);
    expect(permitsOrigin(['https://A.example:443'], 'https://a.example')).toBe(true);
    expect(permitsOrigin(['https://a.example'], undefined)).toBe(true);
    expect(permitsOrigin(['https://a.example'], 'https://b.example')).toBe(false);
    expect(permitsOrigin([], 'https://a.example')).toBe(false);
    expect(permitsOrigin(['null'], 'null')).toBe(false);
  });
});

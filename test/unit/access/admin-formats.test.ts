import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ADMIN_FORMAT_NAMES, ADMIN_FORMATS } from '#access/admin-formats.ts';
import { FORMATS } from '#xapi/data-types/formats.ts';
import { ROOT } from '#test/support/markdown.ts';

const GOOD: Readonly<Record<string, readonly string[]>> = {
  label: ['LMS', 'Größe 1: "x"', '😀'.repeat(200)],
  'claim-name': ['realm_access', 'https://example.com/claims/tenant'],
  'claim-value': ['lrs', 'a b'],
  'store-id': ['acme', '0', 'a-b-c'],
  'new-key': ['lms', 'lms@example.com', 'A_1.~-', 'x'.repeat(128), 'tokens'],
  origin: ['https://lms.example.com', 'http://localhost:8080', 'app://content'],
  'column-path': ['actor.name', 'x'.repeat(500), 'a\nb'],
  'language-ranges': ['de', 'de-CH, de;q=0.8,*;q=0.1'],
  'token-id': ['1d527164-ad81-4c5a-b1d5-d2b8f0a4a3c5'],
  'issuer-url': ['https://a.example', 'https://a.example/tenant/v2.0', 'http://127.0.0.1:9000/realms/x'],
};

const BAD: Readonly<Record<string, readonly string[]>> = {
  label: ['', 'a\nb', 'x'.repeat(201), '\uD800'],
  'claim-name': ['', 'x'.repeat(301)],
  'claim-value': ['', '\u0000'],
  'store-id': ['', 'Acme', '-a', 'a'.repeat(64), 'a|b'],
  'new-key': ['', 'token', 'a:b', 'a/b', 'a b', 'a?b', 'a%b', '.', '..', 'ä', 'x'.repeat(129)],
  origin: ['', '*', 'null', 'lms.example.com', 'https://lms.example.com/', 'https://me@lms.example.com'],
  'column-path': ['', 'x'.repeat(501)],
  'language-ranges': ['', 'dé', 'de\nen', 'x'.repeat(201)],
  'token-id': ['', 'a.b', 'x'.repeat(65)],
  'issuer-url': [
    '',
    'a.example',
    'ftp://a.example',
    'https://',
    'https://u:p@a.example',
    'https://a.example?x',
    'https://a.example#x',
  ],
};

describe('formats of the management API', () => {
  it.each(Object.keys(ADMIN_FORMAT_NAMES))('%s is what it says', (name) => {
    const test = ADMIN_FORMATS[name] ?? ((): boolean => false);
    expect(GOOD[name]?.filter((text) => !test(text))).toEqual([]);
    expect(BAD[name]?.filter(test)).toEqual([]);
  });

  it('are those that the schemas name', () => {
    const folder = `${ROOT}schemas/admin/`;
    const text = readdirSync(folder)
      .map((file) => readFileSync(`${folder}${file}`, 'utf8'))
      .join('');
    const named = new Set(Array.from(text.matchAll(/"format": "([^"]+)"/gu), ([, name]) => name ?? ''));
    const own = [...named].filter((name) => !Object.hasOwn(FORMATS, name));
    expect(own.toSorted()).toEqual(Object.keys(ADMIN_FORMAT_NAMES).toSorted());
  });
});

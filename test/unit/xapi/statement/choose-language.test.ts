import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryLanguageMap } from '#test/support/arbitrary-statements.ts';
import { chooseLanguage, languageRanges } from '#xapi/statement/choose-language.ts';

describe('Accept-Language (RFC 9110, 12.5.4)', () => {
  it('is read in order of weight, equal weights in order of appearance', () => {
    expect(languageRanges('fr;q=0.5, EN-gb , de;q=1.0,*;q=0').map(({ range }) => range)).toEqual([
      'en-gb',
      'de',
      'fr',
      '*',
    ]);
  });

  it.each([undefined, '', ',', 'de;q=2', 'de;q=', 'too-many-characters', 'de fr'])(
    'asks nothing when it is %o',
    (header) => {
      expect(languageRanges(header)).toEqual([]);
    },
  );
});

describe('language of a map (xAPI 1.0.3, Communication 2.1.3)', () => {
  const map = { 'fr-FR': 'réunion', en: 'meeting', 'en-GB': 'gathering', 'zh-Hant-TW': '會議' };

  it.each([
    ['en-GB', 'en-GB'],
    ['EN-gb', 'en-GB'],
    ['en-US', 'en'],
    ['zh', 'zh-Hant-TW'],
    ['zh-Hans', 'zh-Hant-TW'],
    ['fr', 'fr-FR'],
    ['fr-CH, en', 'en'],
    ['de, fr;q=0.3, en;q=0.7', 'en'],
    ['de, *;q=0.1', 'fr-FR'],
    ['fr-FR;q=0', 'en'],
    ['de', 'fr-FR'],
    ['', 'fr-FR'],
    ['en;q=0, *', 'fr-FR'],
    ['fr;q=0.5, *', 'en'],
    ['*, fr;q=0.5, en;q=0.4', 'zh-Hant-TW'],
    ['en, en;q=0.2', 'en'],
    ['en-GB;q=0.1, en-US', 'en-GB'],
    ['en;q=0.9, zh;q=0.8, fr-FR', 'fr-FR'],
    ['en-US, zh', 'zh-Hant-TW'],
  ])('for %o is %s', (header, tag) => {
    expect(Object.keys(chooseLanguage(map, languageRanges(header)))).toEqual([tag]);
  });

  it('has the weight of the longest range that matches it', () => {
    const map = { 'en-US': 'a', 'en-GB': 'b', fr: 'c' };
    expect(chooseLanguage(map, languageRanges('en-US;q=0.1, en;q=0.9'))).toEqual({ 'en-GB': 'b' });
    expect(chooseLanguage(map, languageRanges('en-US;q=0, en'))).toEqual({ 'en-GB': 'b' });
    expect(chooseLanguage(map, languageRanges('en;q=0, *;q=0.1'))).toEqual({ fr: 'c' });
  });

  it('is found in no time, however long the map and the header are', () => {
    const map = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`x-${index}`, '']));
    const header = Array.from({ length: 2_000 }, (_, index) => `de-${index}`).join();
    const start = performance.now();
    expect(chooseLanguage(map, languageRanges(header))).toEqual({ 'x-0': '' });
    expect(chooseLanguage(map, languageRanges(`de${'-ab'.repeat(3_000)}, x-7`))).toEqual({ 'x-7': '' });
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('is one even when all are refused', () => {
    expect(chooseLanguage({ en: 'a', fr: 'b' }, languageRanges('en;q=0, fr;q=0'))).toEqual({ en: 'a' });
  });

  it('is one entry of the map, whatever the header says', () => {
    fc.assert(
      fc.property(arbitraryLanguageMap, fc.string(), (map, header) => {
        const chosen = Object.entries(chooseLanguage(map, languageRanges(header)));
        expect(chosen).toHaveLength(Math.min(1, Object.keys(map).length));
        expect(Object.entries(map)).toEqual(expect.arrayContaining(chosen));
      }),
    );
  });
});

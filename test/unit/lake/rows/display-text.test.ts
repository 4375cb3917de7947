import { describe, expect, it } from 'vitest';
import { displayText, languagePreference } from '#lake/rows/display-text.ts';

describe('the text of a language map in the lake', () => {
  const map = { en: 'meeting', 'de-CH': 'Sitzung', fr: 'réunion' };

  it.each([
    [['fr', 'en'], 'réunion'],
    [['en', 'fr'], 'meeting'],
    [['it', 'fr'], 'réunion'],
    [['de'], 'Sitzung'],
    [['de-AT', 'en'], 'meeting'],
    [['EN-us'], 'meeting'],
    [['it'], 'meeting'],
    [[], 'meeting'],
    [['not a tag', 'fr'], 'réunion'],
  ])('is by the preference %j: %s', (tags, text) => {
    expect(displayText(map, languagePreference(tags))).toBe(text);
  });

  it('is null where there is none', () => {
    expect(displayText(undefined, languagePreference(['en']))).toBeNull();
    expect(displayText({}, languagePreference(['en']))).toBeNull();
  });

  it('may be empty', () => {
    expect(displayText({ en: '' }, languagePreference(['en']))).toBe('');
  });

  it('is by the first twenty languages of a preference', () => {
    const tags = Array.from({ length: 19 }, (_, index) =>
      `x${index}`.replaceAll(/\d/gu, (digit) => 'abcdefghij'[Number(digit)] ?? ''),
    );
    expect(displayText(map, languagePreference([...tags, 'fr', 'en']))).toBe('réunion');
  });
});

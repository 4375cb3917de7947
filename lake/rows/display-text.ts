import { chooseLanguage, type LanguageRange, languageRanges } from '#xapi/statement/choose-language.ts';
import type { LanguageMap } from '#xapi/statement/statement.ts';

/** The order in which the lake prefers languages. */
export type LanguagePreference = readonly LanguageRange[];

/** Weights have three digits. */
const WEIGHTS = 1_000;

/** @param tags language tags, the most wanted first */
export function languagePreference(tags: readonly string[]): LanguagePreference {
  const weights = tags.map((tag, index) => `${tag};q=${(Math.max(WEIGHTS - index, 1) / WEIGHTS).toFixed(3)}`);
  return languageRanges(weights.join(','));
}

/** The text of a language map in the language that is preferred, or else in the one that comes closest. */
export function displayText(map: LanguageMap | undefined, preference: LanguagePreference): string | null {
  if (map === undefined) return null;
  return Object.values(chooseLanguage(map, preference))[0] ?? null;
}

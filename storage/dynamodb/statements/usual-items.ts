/** Statements of a section that share what is asked for, where any do; and for how many items are read on this guess. */
const USUALLY_SHARED = 5;
const GUESSED = 100;

/** How many entries or packs lead to so many statements, before anything is known of them. */
export function usualItems(statements: number): number {
  return Math.ceil(Math.min(statements, GUESSED) / USUALLY_SHARED);
}

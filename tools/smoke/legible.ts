import type { Finding } from './finding.ts';

/** Characters of a finding or a note. */
const LONGEST = 300;

/** Advice is mostly the project's own. */
const LONGEST_ADVICE = 600;

/** What a terminal obeys, what turns or hides text, and what was no text: the endpoint decides what comes. */
const ILLEGIBLE = /[\s\p{Cc}\p{Cf}\uFFFD]+/gu;

/**
 * Makes a text fit to be printed: one line without secrets and control characters, marked with `…` where it was cut.
 *
 * @param longest characters
 */
export type Legible = (text: string, longest?: number) => string;

/** @param redact takes secrets out of the whole text, before anything else can tear one apart. */
export function createLegible(redact: (text: string) => string): Legible {
  return (text, longest = LONGEST) => {
    const line = redact(text).replaceAll(ILLEGIBLE, ' ');
    return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
  };
}

export function legibleFinding(legible: Legible, { expected, received, meaning, advice }: Finding): Finding {
  return {
    expected: legible(expected),
    received: legible(received),
    meaning: legible(meaning),
    advice: legible(advice, LONGEST_ADVICE),
  };
}

import { XapiError } from '#xapi/errors.ts';

/** Entries that a write makes for its own statements, and those for what they refer to: as many as are written in time. */
export const OWN_ENTRIES = 25_000;

/** Entries that a write makes for statements that wait for its own. They survive when it is stamped anew. */
export const SERVED_ENTRIES = 100_000;

/** Keeps a small request from becoming more writes than there is time for. */
export class EntryBudget {
  #left: number;

  constructor(entries: number) {
    this.#left = entries;
  }

  /** @throws XapiError `request-too-large` */
  take(entries: number): void {
    this.#left -= entries;
    if (this.#left < 0) throw tooMany();
  }
}

function tooMany(): XapiError {
  return new XapiError({
    code: 'request-too-large',
    message:
      'The statements are to be found by more agents and activities than one request can index: send them in smaller ' +
      'arrays, each with fewer agents and activities.',
    expected: `at most ${OWN_ENTRIES} different agents and activities, those of statements referred to included`,
  });
}

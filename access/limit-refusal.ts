import type { Limits } from '#access/limits.ts';
import { type Problem, XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';

/** The answer to what is beyond a limit: it depends on the request and the token alone, never on what there is. */
export function beyondLimit(limit: keyof Limits, path: string, expected: unknown, received: unknown): XapiError {
  return notPermitted({
    message: `The token is limited by "${limit}", and this is beyond it.`,
    path,
    expected: shorten(expected),
    received: received === undefined ? 'nothing' : shorten(received),
  });
}

/** The answer to requests of a kind that cannot be held to a limit. */
export function notWithinLimit(limit: keyof Limits, what: string): XapiError {
  return notPermitted({ message: `The token is limited by "${limit}", which does not go with ${what}.` });
}

export function notPermitted(problem: Omit<Problem, 'code'>): XapiError {
  return new XapiError({ code: 'not-permitted', ...problem });
}

import { isIri } from '#xapi/data-types/iri.ts';
import { isRfc3339Timestamp, isTimestamp, timestampMilliseconds } from '#xapi/data-types/timestamp.ts';
import { isUuid } from '#xapi/data-types/uuid.ts';
import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';
import type { XapiVersion } from '#xapi/version.ts';

const TIMESTAMPS: Readonly<Record<XapiVersion, readonly [isValid: (text: string) => boolean, expected: string]>> = {
  '1.0.3': [isTimestamp, 'an ISO 8601 timestamp'],
  '2.0.0': [isRfc3339Timestamp, 'an RFC 3339 timestamp with a time zone'],
};

/*
 * Each takes the name and the decoded value of a parameter, and throws `parameter-invalid` for a value that is not of
 * the kind.
 */

/** @returns the UUID in lower case. */
export function uuidParameter(name: string, value: string): string {
  if (!isUuid(value)) throw invalid(name, value, 'a UUID');
  return value.toLowerCase();
}

export function iriParameter(name: string, value: string): string {
  if (!isIri(value)) throw invalid(name, value, 'an absolute IRI');
  return value;
}

export function booleanParameter(name: string, value: string): boolean {
  if (value !== 'true' && value !== 'false') throw invalid(name, value, 'true or false');
  return value === 'true';
}

/**
 * By the same rules as a timestamp in a statement of that version (xAPI 1.0.3, Data 2.2; xAPI 2.0, 4.2.7).
 *
 * @returns milliseconds since 1970
 */
export function timestampParameter(name: string, value: string, version: XapiVersion): number {
  const [isValid, expected] = TIMESTAMPS[version];
  if (!isValid(value)) throw invalid(name, value, expected);
  return timestampMilliseconds(value);
}

export function wholeNumberParameter(name: string, value: string): number {
  if (!/^\d{1,15}$/u.test(value)) throw invalid(name, value, 'a whole number, 0 or more');
  return Number(value);
}

export function choiceParameter<Value extends string>(name: string, value: string, choices: readonly Value[]): Value {
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw invalid(name, value, `one of ${choices.join(', ')}`);
  return choice;
}

function invalid(name: string, value: string, expected: string): XapiError {
  return new XapiError({
    code: 'parameter-invalid',
    message: `The parameter "${name}" has to be ${expected}.`,
    path: name,
    expected,
    received: shorten(value),
  });
}

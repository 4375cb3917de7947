import { XapiError } from '#xapi/errors.ts';
import type { ErrorCode } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';
import type { Violation } from '#xapi/statement/rules/rule.ts';
import { sectionOn } from '#xapi/statement/section.ts';
import type { XapiVersion } from '#xapi/version.ts';

/** The error that tells a client of a violation. */
export function refusal(code: ErrorCode, violation: Violation, version: XapiVersion): XapiError {
  const { path, message, expected, received, subject } = violation;
  return new XapiError({
    code,
    message,
    path,
    expected,
    received: received === undefined ? 'nothing' : shorten(received),
    section: sectionOn(subject, version),
  });
}

import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';

/** Of what is not there, and of what the principal does not manage, which must not be told apart. */
export function notFound(message: string, received?: string): XapiError {
  return new XapiError({
    code: 'resource-not-found',
    message,
    ...(received !== undefined && { received: shorten(received) }),
  });
}

/** Of a value that fits its schema and is wrong all the same. @param path from the root of the body, `$.expires` */
export function invalidBody(path: string, expected: string, received: unknown): XapiError {
  return new XapiError({
    code: 'body-invalid',
    message: `${path} must be ${expected}.`,
    path,
    expected,
    received: shorten(received),
  });
}

/** @param scope that would permit it, if that is all that is missing */
export function notPermitted(message: string, expected: string, scope?: string): XapiError {
  return new XapiError({ code: 'not-permitted', message, expected }, scope === undefined ? {} : { scope });
}

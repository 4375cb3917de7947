import { type Middleware, onRequest } from '#http/middleware/middleware.ts';
import { versionOf } from '#http/version-header.ts';
import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';

const HEADER = 'X-Experience-API-Version';
const EXPECTED = '1.0, 1.0.x, 2.0 or 2.0.x';
const SECTION = 'xAPI 1.0.3, Communication 3.3; xAPI 2.0, 4.1.7';

/** Refuses versions that this LRS does not speak, whoever asks for them. One that is missing is looked for later. */
export function negotiateVersion(): Middleware {
  return onRequest((request) => {
    const header = request.headers['x-experience-api-version'];
    if (header === undefined) return request;
    const version = versionOf(header);
    if (version === undefined)
      throw unsupportedVersion('This LRS does not speak the requested version of the xAPI.', header);
    return { ...request, version };
  });
}

/** About answers everybody, so that a client can find out which versions there are (xAPI 1.0.3, Communication 2.8). */
export function tolerateVersion(): Middleware {
  return onRequest((request) => {
    const version = versionOf(request.headers['x-experience-api-version'] ?? '');
    return { ...request, version: version ?? '2.0.0' };
  });
}

/** @param received the header, if there is one */
export function unsupportedVersion(message: string, received?: string): XapiError {
  return new XapiError({
    code: 'version-unsupported',
    message,
    path: HEADER,
    expected: EXPECTED,
    ...(received !== undefined && { received: shorten(received) }),
    section: SECTION,
  });
}

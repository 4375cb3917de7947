import { OAuthError } from '#functions/oauth/oauth-error.ts';
import { parseMediaType } from '#http/media-type.ts';
import { parseForm } from '#http/parameters/form.ts';
import type { HttpRequest } from '#http/request.ts';
import { XapiError } from '#xapi/errors.ts';
import { decodeUtf8 } from '#xapi/json/decode-utf8.ts';

const FORM = 'application/x-www-form-urlencoded';

/** Bytes: more than any request for a token has. */
const BODY_LIMIT = 16 * 1024;

/**
 * The parameters of a request for a token; those without a value are left out (RFC 6749, 3.2).
 *
 * @throws OAuthError `invalid_request` for what is no form, comes twice, or stands in the URL, where secrets end up in logs.
 */
export function readTokenForm({ headers, query, body }: HttpRequest): ReadonlyMap<string, string> {
  if (query !== '') throw invalid('All parameters belong into the body, none into the URL.');
  if (parseMediaType(headers['content-type']).type !== FORM) throw invalid(`The body has to be of the type ${FORM}.`);
  if (body.length > BODY_LIMIT) throw tooLarge();
  const parameters = new Map<string, string>();
  for (const { name, value } of parseForm(decodeUtf8(body))) {
    if (parameters.has(name)) throw invalid('A parameter comes more than once.');
    parameters.set(name, value);
  }
  return new Map([...parameters].filter(([, value]) => value !== ''));
}

function invalid(message: string): OAuthError {
  return new OAuthError('invalid_request', message);
}

function tooLarge(): XapiError {
  const expected = `at most ${BODY_LIMIT} bytes`;
  return new XapiError({
    code: 'request-too-large',
    message: 'The body is longer than any request for a token.',
    expected,
  });
}

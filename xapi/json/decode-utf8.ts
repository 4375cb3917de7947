import { XapiError } from '#xapi/errors.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The text of a body, without its byte order mark.
 * @throws XapiError `body-invalid` when the bytes are not UTF-8 (xAPI 1.0.3, Communication 1.4).
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new XapiError(
      {
        code: 'body-invalid',
        message: 'The body is not valid UTF-8.',
        expected: 'text in UTF-8',
        section: 'xAPI 1.0.3, Communication 1.4; xAPI 2.0, 4.1.2',
      },
      { cause },
    );
  }
}

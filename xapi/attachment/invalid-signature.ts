import { XapiError } from '#xapi/errors.ts';

/** @param path JSON path of the attachment that holds the signature */
export function invalidSignature(path: string, message: string, expected?: string, cause?: unknown): XapiError {
  return new XapiError(
    {
      code: 'signature-invalid',
      message,
      path,
      ...(expected !== undefined && { expected }),
      section: 'xAPI 1.0.3, Data 2.6; xAPI 2.0, 4.2.6',
    },
    { cause },
  );
}

import type { HttpRequest } from '#http/request.ts';
import type { XapiVersion } from '#xapi/version.ts';

/**
 * What a request without the header is answered with: the header came with version 1.0, so such a client speaks 0.9 or
 * 0.95 (xAPI 1.0.3, Communication 3.3), which this LRS does not.
 */
const BEFORE_THE_HEADER = '0.95';

const LATEST: XapiVersion = '2.0.0';

/** @returns the version a header's text asks for: any `1.0` or `2.0`, whatever its patch (xAPI 1.0.3, Communication 3.3). */
export function versionOf(text: string): XapiVersion | undefined {
  if (/^1\.0(?:\.\d+)?$/u.test(text)) return '1.0.3';
  if (/^2\.0(?:\.\d+)?$/u.test(text)) return '2.0.0';
  return undefined;
}

/** The latest patch of the version a request was answered in, for the header of the answer. */
export function answeredVersion({ version, headers }: HttpRequest): string {
  if (version !== undefined) return version;
  const header = headers['x-experience-api-version'];
  return header === undefined ? BEFORE_THE_HEADER : (versionOf(header) ?? LATEST);
}

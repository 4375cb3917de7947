import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

type Headers = Record<string, { value: string }>;

const CODE = readFileSync(fileURLToPath(new URL('../../../../lib/edge/restore-headers.js', import.meta.url)), 'utf8');

/** Runs the function as CloudFront does: its source alone, with an event. */
function restore(headers: Headers): Headers {
  const event = { response: { statusCode: 401, headers } };
  const response: { headers: Headers } = runInNewContext(`${CODE}\nhandler(event);`, { event });
  return response.headers;
}

describe('restore-headers', () => {
  it('gives WWW-Authenticate its name back', () => {
    const challenge = { value: 'Basic realm="xAPI"' };
    expect(restore({ etag: { value: '"1"' }, 'x-amzn-remapped-www-authenticate': challenge })).toEqual({
      etag: { value: '"1"' },
      'www-authenticate': challenge,
    });
  });

  it('leaves everything else alone', () => {
    const headers = { 'www-authenticate': { value: 'Basic' }, 'x-amzn-remapped-date': { value: 'x' } };
    expect(restore({ ...headers })).toEqual(headers);
  });

  it('fits the 10 KB that CloudFront takes', () => {
    expect(Buffer.byteLength(CODE)).toBeLessThan(10_240);
  });
});

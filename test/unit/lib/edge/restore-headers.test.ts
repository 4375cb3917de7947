import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

type Headers = Record<string, readonly { readonly key?: string; readonly value: string }[]>;
type Handler = (event: unknown) => Promise<{ readonly headers: Headers }>;

const CODE = readFileSync(new URL('../../../../lib/edge/restore-headers.js', import.meta.url), 'utf8');

/** Runs the function as Lambda@Edge does: its source alone, with the event of an origin response. */
async function restore(headers: Headers): Promise<Headers> {
  const module: { exports: { handler?: Handler } } = { exports: {} };
  runInNewContext(CODE, { exports: module.exports });
  const response = { status: '401', statusDescription: 'Unauthorized', headers };
  const answer = await module.exports.handler?.({ Records: [{ cf: { response } }] });
  return answer?.headers ?? {};
}

describe('restore-headers', () => {
  it('gives WWW-Authenticate its name back', async () => {
    const value = 'Basic realm="xAPI"';
    const renamed = { key: 'x-amzn-Remapped-WWW-Authenticate', value };
    const etag = [{ key: 'ETag', value: '"1"' }];
    expect(await restore({ etag, 'x-amzn-remapped-www-authenticate': [renamed] })).toEqual({
      etag,
      'www-authenticate': [{ key: 'WWW-Authenticate', value }],
    });
  });

  it('leaves everything else alone', async () => {
    const headers = { 'www-authenticate': [{ value: 'Basic' }], 'x-amzn-remapped-date': [{ value: 'x' }] };
    expect(await restore({ ...headers })).toEqual(headers);
  });

  it('fits the 4,096 characters of a template', () => {
    expect(CODE.length).toBeLessThanOrEqual(4_096);
  });
});

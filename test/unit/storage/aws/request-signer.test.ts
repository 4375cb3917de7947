import { createHash } from 'node:crypto';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalQuery } from '#storage/aws/canonical-query.ts';
import { escapeUri } from '#storage/aws/escape-uri.ts';
import { RequestSigner } from '#storage/aws/request-signer.ts';

const NOW = new Date('2030-01-31T12:05:09.123Z');
const REQUEST = { method: 'POST', path: '/', query: '', headers: { host: 'example.com' }, payloadHash: sha256('{}') };
const PLACE = { service: 'dynamodb', region: 'eu-central-1' };

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What Node sends as it is. */
const headerText = fc.string({
  unit: fc.constantFrom('a', 'Z', '0', ' ', '\t', ';', ',', '=', '"', '-', 'é', '\u{a0}'),
  maxLength: 20,
});
const headerName = fc
  .stringMatching(/^x-amz-[a-z0-9-]{1,12}$/u)
  .filter((name) => !['x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256'].includes(name));
const text = fc.string({ unit: 'binary', maxLength: 12 }).filter((value) => value.isWellFormed());

const signable = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD'),
  segments: fc.array(
    text.filter((value) => value !== '.' && value !== '..'),
    { minLength: 1, maxLength: 3 },
  ),
  parameters: fc.dictionary(
    fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'b', '-', '.', '=', '~'), minLength: 1, maxLength: 3 }),
      text.filter((name) => name !== '' && name !== '__proto__'),
    ),
    text,
    { maxKeys: 4 },
  ),
  headers: fc.dictionary(headerName, headerText, { maxKeys: 4, noNullPrototype: true }),
  contentType: headerText,
  body: text,
  sessionToken: fc.option(fc.stringMatching(/^[\w/+=]{0,40}$/u), { nil: undefined }),
  secret: fc.stringMatching(/^[\w/+]{1,40}$/u),
  time: fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
  region: fc.constantFrom('us-east-1', 'cn-north-1'),
});

describe('RequestSigner', () => {
  it('signs as the signer of the SDK does', async () => {
    await fc.assert(
      fc.asyncProperty(
        signable,
        async ({ method, segments, parameters, contentType, body, time, region, ...given }) => {
          const credentials = {
            accessKeyId: 'key',
            secretAccessKey: given.secret,
            ...(given.sessionToken !== undefined && { sessionToken: given.sessionToken }),
          };
          const path = `/${segments.map(escapeUri).join('/')}`;
          const headers = {
            ...given.headers,
            host: 'bucket.s3.amazonaws.com',
            'content-type': contentType,
            'x-amz-content-sha256': sha256(body),
          };
          const place = { service: 's3', region, credentials };
          const sdk = new SignatureV4({ ...place, sha256: Sha256, uriEscapePath: false });
          const expected = await sdk.sign(
            { method, protocol: 'https:', hostname: headers.host, path, query: parameters, headers, body },
            { signingDate: time },
          );
          const signer = new RequestSigner({ ...place, now: () => time });
          const query = canonicalQuery(parameters);
          const request = { method, path, query, headers, payloadHash: sha256(body) };
          expect(await signer.sign(request)).toEqual(expected.headers);
          expect(await signer.sign(request)).toEqual(expected.headers);
        },
      ),
      { numRuns: 300 },
    );
  });

  // Amazon S3 API Reference, "Signature Calculations for the Authorization Header", example "GET Object".
  it('signs as AWS shows it', async () => {
    const signer = new RequestSigner({
      service: 's3',
      region: 'us-east-1',
      credentials: {
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      },
      now: () => new Date('2013-05-24T00:00:00Z'),
    });
    const headers = {
      host: 'examplebucket.s3.amazonaws.com',
      range: 'bytes=0-9',
      'x-amz-content-sha256': sha256(''),
    };
    const signed = await signer.sign({ method: 'GET', path: '/test.txt', query: '', headers, payloadHash: sha256('') });
    expect(signed['authorization']).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, ' +
        'SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, ' +
        'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    );
  });

  it('takes another key on another day, and with other credentials', async () => {
    let now = NOW;
    let credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
    const long = new RequestSigner({ ...PLACE, credentials: async () => credentials, now: () => now });
    const fresh = () => new RequestSigner({ ...PLACE, credentials, now: () => now }).sign(REQUEST);
    const first = await long.sign(REQUEST);
    expect(first).toEqual(await fresh());
    now = new Date('2030-02-01T00:00:00Z');
    const second = await long.sign(REQUEST);
    expect(second).toEqual(await fresh());
    credentials = { ...credentials, secretAccessKey: 'another' };
    const third = await long.sign(REQUEST);
    expect(third).toEqual(await fresh());
    expect(new Set([first, second, third].map((headers) => headers['authorization'])).size).toBe(3);
  });

  it('fails as the source of credentials does', async () => {
    const signer = new RequestSigner({ ...PLACE, credentials: () => Promise.reject(new Error('none')) });
    await expect(signer.sign(REQUEST)).rejects.toThrow('none');
  });
});

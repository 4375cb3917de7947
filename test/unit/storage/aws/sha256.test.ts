import { createHash, createHmac } from 'node:crypto';
import { Sha256 as SdkSha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, it } from 'vitest';
import { Sha256 } from '#storage/aws/sha256.ts';

const DATA = Buffer.from('what is signed');
const PADDED = Buffer.from('..secret..');

describe('Sha256', () => {
  it('is the hash of all that it was updated with', async () => {
    const hash = new Sha256();
    hash.update(DATA.subarray(0, 4));
    hash.update(DATA.subarray(4));
    expect(await hash.digest()).toEqual(createHash('sha256').update(DATA).digest());
  });

  it.each([
    ['a text', 'secret'],
    ['a buffer', new Uint8Array(Buffer.from('secret')).buffer],
    ['a part of a buffer', PADDED.subarray(2, 8)],
    ['an empty text', ''],
  ])('is the HMAC with %s', async (_, secret) => {
    const key = secret === '' ? '' : 'secret';
    for (let time = 0; time < 2; time += 1) {
      const hash = new Sha256(secret);
      hash.update(DATA);
      expect(await hash.digest()).toEqual(createHmac('sha256', key).update(DATA).digest());
    }
  });

  it('begins anew when it is reset', async () => {
    const hash = new Sha256('secret');
    hash.update(DATA);
    hash.reset();
    hash.update(DATA);
    expect(await hash.digest()).toEqual(createHmac('sha256', 'secret').update(DATA).digest());
  });

  it('signs requests as with that of the SDK', async () => {
    const signed = await Promise.all(
      [Sha256, SdkSha256].map((sha256) => {
        const credentials = { accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'session' };
        const signer = new SignatureV4({ service: 'dynamodb', region: 'eu-central-1', credentials, sha256 });
        const headers = { host: 'dynamodb.eu-central-1.amazonaws.com', 'x-amz-target': 'DynamoDB_20120810.GetItem' };
        const request = { method: 'POST', protocol: 'https:', hostname: headers.host, path: '/', headers, body: '{}' };
        return signer.sign(request, { signingDate: new Date('2030-01-31T12:00:00Z') });
      }),
    );
    expect(signed[0]).toEqual(signed[1]);
    expect(signed[0]?.headers['authorization']).toMatch(
      /^AWS4-HMAC-SHA256 Credential=key\/20300131\/eu-central-1\/dynamodb/u,
    );
  });
});

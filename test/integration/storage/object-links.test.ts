import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { S3ObjectLinks } from '#storage/s3/object-links.ts';
import { ENGINE_ACCESS, freshBucket } from '#test/support/engine.ts';

const ACCESS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'the-secret' };
const ADDRESS = { name: 'a-bucket', region: 'eu-central-1' };
const NOW = new Date('2026-11-22T09:04:22Z');

describe('a link to an object', () => {
  it('gives the object to whoever has it', async () => {
    const { bucket, name, endpoint } = await freshBucket();
    const key = 'exports/a store/ä%+.jsonl';
    await bucket.send({ method: 'PUT', key, body: Buffer.from('content') });
    const { region, credentials } = ENGINE_ACCESS;
    const links = new S3ObjectLinks({ name, region, endpoint }, { credentials });
    const response = await fetch(await links.linkTo(key, 60));
    expect([response.status, await response.text()]).toEqual([200, 'content']);
  });

  it('says for how long, and by whose key, and nothing secret', async () => {
    const links = new S3ObjectLinks(ADDRESS, { credentials: ACCESS, now: () => NOW });
    const link = new URL(await links.linkTo('exports/default/x/part-00001.csv', 900));
    expect(link.host).toBe('a-bucket.s3.eu-central-1.amazonaws.com');
    expect(Object.fromEntries(link.searchParams)).toMatchObject({
      'X-Amz-Expires': '900',
      'X-Amz-Date': '20261122T090422Z',
      'X-Amz-Credential': 'AKIDEXAMPLE/20261122/eu-central-1/s3/aws4_request',
      'X-Amz-SignedHeaders': 'host',
    });
    expect(link.href).not.toContain(ACCESS.secretAccessKey);
  });

  it('is signed as S3 wants it (Signature Version 4, in the query)', async () => {
    const sessionToken = 'a+session/token==';
    const links = new S3ObjectLinks(ADDRESS, { credentials: { ...ACCESS, sessionToken }, now: () => NOW });
    const link = new URL(await links.linkTo("exports/default/x/a (b)'s.csv", 900));
    expect(link.searchParams.get('X-Amz-Security-Token')).toBe(sessionToken);
    expect(link.searchParams.get('X-Amz-Signature')).toBe(signatureOf(link));
  });
});

/** By the description of AWS. */
function signatureOf({ host, pathname, searchParams }: URL): string {
  const query = [...searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
    .join('&');
  const canonical = ['GET', pathname, query, `host:${host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const scope = '20261122/eu-central-1/s3/aws4_request';
  const hash = createHash('sha256').update(canonical).digest('hex');
  const key = scope
    .split('/')
    .reduce<Buffer>((secret, part) => hmac(secret, part), Buffer.from(`AWS4${ACCESS.secretAccessKey}`));
  return hmac(key, ['AWS4-HMAC-SHA256', '20261122T090422Z', scope, hash].join('\n')).toString('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

import { closeSync } from 'node:fs';
import type { ObjectFiles } from '#local/s3/object-files.ts';
import type { S3Operation } from '#local/s3/operation.ts';
import { S3Error } from '#local/s3/s3-error.ts';
import { element, textElement, xmlDocument } from '#local/s3/xml.ts';

const PAGE_LIMIT = 1_000;
const PARAMETERS = new Set([
  'list-type',
  'prefix',
  'max-keys',
  'start-after',
  'continuation-token',
  'encoding-type',
  'x-id',
]);

/** ListObjectsV2. The continuation token is the last key of the page before, so that writes in between do no harm. */
export const listObjects: S3Operation = async ({ bucket, query }, files) => {
  await files.checkBucket(bucket);
  for (const name of query.keys()) {
    if (!PARAMETERS.has(name)) throw new S3Error('NotImplemented', `This server does not know the parameter ${name}.`);
  }
  const prefix = query.get('prefix') ?? '';
  const encode = keyEncoding(query.get('encoding-type'));
  const limit = pageLimit(query.get('max-keys'));
  const after = decodeToken(query.get('continuation-token')) ?? query.get('start-after') ?? '';
  const rest = (await files.keys(bucket, prefix)).filter((key) => isAfter(key, after));
  const page = rest.slice(0, limit);
  const next = page.length < rest.length ? page.at(-1) : undefined;
  const contents = await Promise.all(page.map((key) => describe(bucket, key, encode, files)));
  const body = [
    textElement('Name', bucket),
    textElement('Prefix', encode(prefix)),
    textElement('KeyCount', page.length),
    textElement('MaxKeys', limit),
    ...(query.has('encoding-type') ? [textElement('EncodingType', 'url')] : []),
    textElement('IsTruncated', next !== undefined),
    ...(next === undefined ? [] : [textElement('NextContinuationToken', encodeToken(next))]),
    ...contents,
  ];
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: xmlDocument(element('ListBucketResult', body.join(''))),
  };
};

/** @returns nothing for an object that was deleted since it was listed. */
async function describe(bucket: string, key: string, encode: KeyEncoding, files: ObjectFiles): Promise<string> {
  try {
    const { file, size, modified, headers } = await files.open(bucket, key);
    closeSync(file);
    const members = [
      textElement('Key', encode(key)),
      textElement('LastModified', new Date(modified).toISOString()),
      textElement('ETag', headers['etag'] ?? ''),
      textElement('Size', size),
      textElement('StorageClass', 'STANDARD'),
    ];
    return element('Contents', members.join(''));
  } catch (error) {
    if (error instanceof S3Error && error.code === 'NoSuchKey') return '';
    throw error;
  }
}

type KeyEncoding = (key: string) => string;

/** For clients whose XML cannot hold every character of a key. */
function keyEncoding(type: string | null): KeyEncoding {
  if (type === null) return (key) => key;
  if (type !== 'url') throw new S3Error('InvalidArgument', 'encoding-type is not url.');
  return (key) => encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+');
}

function pageLimit(text: string | null): number {
  const limit = text === null ? PAGE_LIMIT : Number(text);
  if (!Number.isInteger(limit) || limit < 0) throw new S3Error('InvalidArgument', 'max-keys is not a number.');
  return Math.min(limit, PAGE_LIMIT);
}

function isAfter(key: string, after: string): boolean {
  return Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0;
}

function encodeToken(key: string): string {
  return Buffer.from(key).toString('base64url');
}

function decodeToken(token: string | null): string | undefined {
  return token === null ? undefined : Buffer.from(token, 'base64url').toString();
}

import { partition } from '@aws-sdk/core/client';
import { escapeUri } from '#storage/aws/escape-uri.ts';

export interface BucketAddress {
  readonly name: string;
  readonly region: string;
  /** Of an S3 that is not AWS's own, for example that of the laptop. */
  readonly endpoint?: string | undefined;
}

/**
 * Where an object is. AWS names the bucket in the host, except one whose dots its certificates do not cover; others name
 * it in the path.
 *
 * @throws Error for a key that leads to another object: no URL keeps a segment of one or two dots, however it is written.
 */
export function objectUrl({ name, region, endpoint }: BucketAddress, key: string): URL {
  const segments = key.split('/');
  if (segments.includes('.') || segments.includes('..')) throw new Error('A segment of an object key is only dots.');
  const path = segments.map(escapeUri).join('/');
  if (endpoint !== undefined) return new URL(`${endpoint.replace(/\/$/u, '')}/${name}/${path}`);
  const host = `s3.${region}.${partition(region).dnsSuffix}`;
  return new URL(name.includes('.') ? `https://${host}/${name}/${path}` : `https://${name}.${host}/${path}`);
}

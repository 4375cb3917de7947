import { S3Error } from '#local/s3/s3-error.ts';

/** Positions of the first and the last byte. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * What a `Range` header asks for of a content of this size (RFC 9110, section 14.1.2).
 *
 * @returns undefined when the header is to be ignored: it is not a single range of bytes.
 * @throws S3Error `InvalidRange` when no byte is in the range.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/u.exec(header ?? '');
  const [, start = '', end = ''] = match ?? [];
  if (start === '' && end === '') return undefined;
  const range =
    start === ''
      ? { first: Math.max(0, size - Number(end)), last: size - 1 }
      : { first: Number(start), last: Math.min(size - 1, end === '' ? size : Number(end)) };
  if (start !== '' && end !== '' && Number(end) < Number(start)) return undefined;
  if (range.first > range.last) throw new S3Error('InvalidRange', 'The requested range is not satisfiable.');
  return range;
}

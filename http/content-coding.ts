import { weightsOf } from '#http/weights.ts';

/** In the order of preference. */
const CODINGS = ['br', 'gzip'] as const;

export type ContentCoding = (typeof CODINGS)[number];

/** @returns the best coding a client accepts, undefined when it wants none of ours (RFC 9110, 12.5.3). */
export function acceptedCoding(acceptEncoding: string): ContentCoding | undefined {
  const weights = weightsOf(acceptEncoding);
  const weight = (coding: ContentCoding): number => weights.get(coding) ?? weights.get('*') ?? 0;
  const accepted = CODINGS.filter((coding) => weight(coding) > 0);
  return accepted.toSorted((a, b) => weight(b) - weight(a))[0];
}

/** In the order of preference. */
const CODINGS = ['br', 'gzip'] as const;

export type ContentCoding = (typeof CODINGS)[number];

/** @returns the best coding a client accepts, undefined when it wants none of ours (RFC 9110, 12.5.3). */
export function acceptedCoding(acceptEncoding: string): ContentCoding | undefined {
  const weights = new Map(acceptEncoding.split(',').map(codingAndWeight));
  const weight = (coding: ContentCoding): number => weights.get(coding) ?? weights.get('*') ?? 0;
  const accepted = CODINGS.filter((coding) => weight(coding) > 0);
  return accepted.toSorted((a, b) => weight(b) - weight(a))[0];
}

function codingAndWeight(text: string): [string, number] {
  const [coding = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const q = parameters.find((parameter) => parameter.startsWith('q='));
  const weight = q === undefined ? 1 : Number(q.slice('q='.length));
  return [coding, Number.isNaN(weight) ? 0 : weight];
}

import type { Answer } from './answer.ts';
import type { Inspection } from './check.ts';
import type { Sent } from './client.ts';
import type { Place } from './smoke-data.ts';

type Content = Pick<Sent, 'body' | 'headers' | 'chunked'>;

export function putDocument({ send }: Pick<Inspection, 'send'>, place: Place, content: Content): Promise<Answer> {
  const headers = { 'content-type': 'application/octet-stream', ...content.headers };
  return send({ ...place, ...content, headers, method: 'PUT' });
}

export function getDocument(
  { send }: Pick<Inspection, 'send'>,
  place: Place,
  headers: NonNullable<Sent['headers']> = {},
): Promise<Answer> {
  return send({ ...place, headers });
}

import { createHash } from 'node:crypto';
import { type Answer, describeAnswer } from './answer.ts';
import type { Inspection } from './check.ts';
import type { Consequence } from './finding.ts';

/** Every value of a byte, so that whoever takes them for a text changes them. */
export const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, value) => value));

export const BINARY: Consequence = {
  meaning: 'Documents and attachments that are not text (images, recordings, compressed data) are destroyed.',
  advice:
    'Bodies have to travel in base64 between gateway and function: payload format 2.0 of the HTTP API does so by ' +
    'itself, whereas a REST API needs its binary media types set to */*. Look for proxies that decode bodies.',
};

/** Fails the check unless the answer has exactly these bytes. @param what the way they took, for people to read */
export function expectBytes(
  { verify }: Pick<Inspection, 'verify'>,
  answer: Answer,
  content: Uint8Array,
  what: string,
): void {
  if (answer.status >= 500) return;
  const { body, status } = answer;
  verify(status === 200 && body.equals(content), {
    expected: `${what}: ${content.length} bytes with the SHA-256 ${hashOf(content)}`,
    received: status === 200 ? `${body.length} bytes with the SHA-256 ${hashOf(body)}` : describeAnswer(answer),
    ...BINARY,
  });
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

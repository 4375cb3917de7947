import type { IncomingMessage } from 'node:http';

/**
 * The body of a request, or undefined when it has more bytes than the limit. What is left of it then still has to be taken
 * off the connection (`message.resume()`) if that is to be used again.
 */
export async function readWithin(limit: number, message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > limit) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

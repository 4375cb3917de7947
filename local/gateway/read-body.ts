import type { IncomingMessage } from 'node:http';
import { BODY_LIMIT, refuseLargeBody } from '#local/gateway/limits.ts';
import type { Refusal } from '#local/gateway/refusal.ts';

/** Bytes of a body too large that are read, and thrown away, so that the client comes to read the answer. */
const PATIENCE = 10 * BODY_LIMIT;

/** @returns the whole body, or the answer when it is too large: then no more of it than the limit was kept. */
export async function readBody(message: IncomingMessage): Promise<Buffer | Refusal> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of messageChunks(message)) {
    size += chunk.length;
    if (size <= BODY_LIMIT) chunks.push(chunk);
    else chunks.length = 0;
    if (size > PATIENCE) break;
  }
  return refuseLargeBody(size) ?? Buffer.concat(chunks);
}

/** Leaving the loop early keeps the connection, which is still needed for the answer. */
function messageChunks(message: IncomingMessage): AsyncIterable<Buffer> {
  return message.iterator({ destroyOnReturn: false });
}

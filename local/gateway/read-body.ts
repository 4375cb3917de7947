import type { IncomingMessage } from 'node:http';
import { BODY_LIMIT, refuseLargeBody } from '#local/gateway/limits.ts';
import type { Refusal } from '#local/gateway/refusal.ts';

/** Bytes of a body too large that are read, and thrown away, so that the client comes to read the answer. */
const PATIENCE = 10 * BODY_LIMIT;

const NOTHING = Buffer.alloc(0);

/** @returns the whole body, or the answer when it is too large: then no more of it than the limit was kept. */
export async function readBody(message: IncomingMessage): Promise<Buffer | Refusal> {
  if (!hasBody(message)) return NOTHING;
  const chunks: Buffer[] = [];
  let size = 0;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  message.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= BODY_LIMIT) chunks.push(chunk);
    else chunks.length = 0;
    if (size > PATIENCE) {
      // The connection is still needed for the answer.
      message.pause();
      resolve();
    }
  });
  message.once('end', resolve);
  message.once('error', reject);
  await promise;
  return refuseLargeBody(size) ?? Buffer.concat(chunks);
}

/** RFC 9112, section 6.3: one of these headers tells that there is a body. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

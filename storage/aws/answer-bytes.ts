import type { Readable } from 'node:stream';

/**
 * All of an answer. With the SDK's collector, which is a pipe, much of each request outlives it until all garbage is
 * collected, because old garbage refers to it; here the next collection of young garbage takes it. Iterating over it takes
 * several times as long as its events do.
 *
 * @throws what breaks the stream off
 */
export function answerBytes(stream: Readable): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  stream.on('end', () => resolve(joined(pieces)));
  stream.on('error', reject);
  // An error takes longer to make than all of this, so that none is made in vain.
  stream.on('close', () => stream.readableEnded || reject(new Error('the answer broke off')));
  return promise;
}

/** Mostly it is one, which need not be copied. */
function joined(pieces: readonly Buffer[]): Buffer {
  const [first, ...others] = pieces;
  return first === undefined || others.length > 0 ? Buffer.concat(pieces) : first;
}

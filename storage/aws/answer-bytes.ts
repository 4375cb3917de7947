/**
 * All of an answer. With the SDK's collector, which is a pipe, much of each request outlives it until all garbage is
 * collected, because old garbage refers to it; here the next collection of young garbage takes it.
 *
 * @throws what breaks the stream off
 */
export async function answerBytes(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(stream));
}

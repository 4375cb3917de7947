const SHA_1 = /^[0-9a-f]{40}$/i;
const SHA_2 = /^(?:[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i;

/** A SHA-1 hash in hexadecimal digits (xAPI 1.0.3, Data 2.4.2.3). */
export function isSha1(text: string): boolean {
  return SHA_1.test(text);
}

/** A SHA-224, SHA-256, SHA-384 or SHA-512 hash in hexadecimal digits (xAPI 1.0.3, Data 2.4.11). */
export function isSha2(text: string): boolean {
  return SHA_2.test(text);
}

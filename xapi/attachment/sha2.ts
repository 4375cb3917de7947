import { createHash } from 'node:crypto';

/** By the number of hexadecimal digits of the hash: all of SHA-2 may be used (xAPI 1.0.3, Communication 1.5.2). */
const ALGORITHMS = new Map([
  [56, 'sha224'],
  [64, 'sha256'],
  [96, 'sha384'],
  [128, 'sha512'],
]);

/** @param sha2 hexadecimal, in either case */
export function hasSha2(content: Uint8Array, sha2: string): boolean {
  const algorithm = ALGORITHMS.get(sha2.length);
  return algorithm !== undefined && createHash(algorithm).update(content).digest('hex') === sha2.toLowerCase();
}

/**
 * The same bytes in memory of their own, for what is kept: most that `Buffer.from` copies is part of 64 KB that Node gives to
 * others, too, and that stay as long as one of them does.
 */
export function ownCopy(bytes: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return copy;
}

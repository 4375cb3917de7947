import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Megabytes that are in use once the garbage is collected: of V8's heap, and of buffers. */
export function memoryInUse(): { readonly heap: number; readonly buffers: number } {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc');
  collectGarbage();
  // Buffers are given back by another thread, for which the next collection waits.
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { heap: heapUsed / 1_000_000, buffers: arrayBuffers / 1_000_000 };
}

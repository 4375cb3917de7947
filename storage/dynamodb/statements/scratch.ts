/**
 * Memory that is used again and again, by code that is done with it before it gives way to other code: what each of
 * thousands of packs took for a moment would otherwise stay until the garbage is collected.
 */
export class Scratch {
  /** As large as the most that was taken so far. */
  #memory = Buffer.alloc(0);

  /** @returns so many bytes, with anything in them; the next call gives them to somebody else */
  take(bytes: number): Buffer {
    if (this.#memory.length < bytes) this.#memory = Buffer.allocUnsafeSlow(bytes);
    return this.#memory.subarray(0, bytes);
  }
}

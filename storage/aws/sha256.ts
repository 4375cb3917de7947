import { createHash, createHmac, createSecretKey, type Hash, type Hmac, type KeyObject } from 'node:crypto';
import { asBuffer } from '#storage/as-buffer.ts';

/** Of the bytes of secrets: an HMAC with the bytes themselves takes Node five times as long. */
const keys = new WeakMap<object, KeyObject>();

/** SHA-256, and HMAC with it, for the SDK's signatures, which are made with the same key for a day. */
export class Sha256 {
  readonly #secret: string | KeyObject | undefined;
  #hash: Hash | Hmac;

  /** @param secret of an HMAC; its bytes do not change any more */
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = typeof secret === 'object' ? keyOf(secret) : secret;
    this.#hash = hashWith(this.#secret);
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = hashWith(this.#secret);
  }
}

function hashWith(secret: string | KeyObject | undefined): Hash | Hmac {
  return secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
}

function keyOf(secret: ArrayBuffer | ArrayBufferView): KeyObject {
  const known = keys.get(secret);
  if (known !== undefined) return known;
  const key = createSecretKey(ArrayBuffer.isView(secret) ? asBuffer(secret) : Buffer.from(secret));
  keys.set(secret, key);
  return key;
}

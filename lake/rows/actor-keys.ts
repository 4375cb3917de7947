import { createHmac } from 'node:crypto';
import type { StoreId } from '#access/store.ts';

/** Characters of base64url: 132 bits, so that no two actors share a key. */
const LENGTH = 22;
/** Keys that are remembered. */
const REMEMBERED = 50_000;

/**
 * What stands for actors in the lake. Who knows an e-mail address can hash it, too; so keys are made with a secret, and
 * differ from store to store.
 */
export class ActorKeys {
  readonly #secret: Uint8Array;
  readonly #store: StoreId;
  readonly #known = new Map<string, string>();

  /** @param secret of the deployment, 32 random bytes: with another one every key is another */
  constructor(secret: Uint8Array, store: StoreId) {
    this.#secret = secret;
    this.#store = store;
  }

  /** @param identity by `xapi/agent/identity.ts` */
  keyOf(identity: string): string {
    const known = this.#known.get(identity);
    if (known !== undefined) return known;
    const digest = createHmac('sha256', this.#secret).update(`${this.#store}\n${identity}`).digest('base64url');
    const key = digest.slice(0, LENGTH);
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(identity, key);
    return key;
  }
}

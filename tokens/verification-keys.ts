import type { PublicJwk, PublishedKey, PublishedKeys, PublishedKeysSource } from '#storage/signing-keys.ts';
import { verifyingKeys } from '#tokens/key-lifecycle.ts';

/** Milliseconds for which keys that were read are taken for what is published; a key that leaked is refused after that. */
const KEPT_MS = 30_000;

/** Milliseconds between reads because of keys that are not known: anybody can send the name of one. */
const PAUSE_MS = 5_000;

/** The keys that tokens are verified with, read again now and then, and when a token names one that is not known. */
export class VerificationKeys {
  readonly #source: PublishedKeysSource;
  readonly #now: () => number;
  #published: Promise<PublishedKeys | undefined> | undefined;
  /** Milliseconds of the clock. */
  #read = Number.NEGATIVE_INFINITY;

  /** @param now milliseconds since 1970 */
  constructor(source: PublishedKeysSource, now: () => number) {
    this.#source = source;
    this.#now = now;
  }

  /** @returns undefined for a key that was never published, or has retired. @throws whatever the source throws */
  async key(kid: string): Promise<PublishedKey | undefined> {
    const age = this.#now() - this.#read;
    const known = age < KEPT_MS ? named(kid, await this.#published) : undefined;
    const found = known ?? (age < PAUSE_MS ? undefined : named(kid, await this.#readAgain()));
    return found !== undefined && this.#now() < (found.retires ?? Infinity) ? found : undefined;
  }

  /** All keys that a token may be signed with, now or soon, or was and is still valid. @throws whatever the source throws */
  async all(): Promise<readonly PublicJwk[]> {
    const age = this.#now() - this.#read;
    return verifyingKeys(await (age < KEPT_MS ? this.#published : this.#readAgain()), this.#now());
  }

  #readAgain(): Promise<PublishedKeys | undefined> {
    const reading = this.#source.published();
    this.#read = this.#now();
    this.#published = reading;
    reading.catch(() => {
      // Who waits for it is told; whoever comes next reads again.
      if (this.#published === reading) this.#read = Number.NEGATIVE_INFINITY;
    });
    return reading;
  }
}

function named(kid: string, published: PublishedKeys | undefined): PublishedKey | undefined {
  return published?.keys.find(({ jwk }) => jwk.kid === kid);
}

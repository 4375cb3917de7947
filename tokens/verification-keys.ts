import type { PublicJwk, PublishedKey, PublishedKeys, PublishedKeysSource } from '#storage/signing-keys.ts';
import { verifyingKeys } from '#tokens/key-lifecycle.ts';
import { VerifiedTokens } from '#tokens/verified-tokens.ts';

/** Milliseconds for which keys that were read are taken for what is published; a key that leaked is refused after that. */
const KEPT_MS = 30_000;

/** Milliseconds between reads because of keys that are not known: anybody can send the name of one. */
const PAUSE_MS = 1_000;

/** The keys that tokens are verified with, read again now and then, and when a token names one that is not known. */
export class VerificationKeys {
  /** What was verified with them. */
  readonly verified = new VerifiedTokens();
  readonly #source: PublishedKeysSource;
  readonly #now: () => number;
  /** What the last read gave; stays until another one has come to its end. */
  #published: PublishedKeys | undefined;
  /** When that read began: milliseconds of the clock. */
  #read = Number.NEGATIVE_INFINITY;
  #reading: Promise<PublishedKeys | undefined> | undefined;

  /** @param now milliseconds since 1970 */
  constructor(source: PublishedKeysSource, now: () => number) {
    this.#source = source;
    this.#now = now;
  }

  /** @returns undefined for a key that was never published, or has retired. @throws whatever the source throws */
  async key(kid: string): Promise<PublishedKey | undefined> {
    const known = this.#isYounger(KEPT_MS) ? named(kid, this.#published) : undefined;
    const found = known ?? (this.#isYounger(PAUSE_MS) ? undefined : named(kid, await this.#readAgain()));
    return found !== undefined && this.#now() < (found.retires ?? Infinity) ? found : undefined;
  }

  /** All keys that a token may be signed with, now or soon, or was and is still valid. @throws whatever the source throws */
  async all(): Promise<readonly PublicJwk[]> {
    return verifyingKeys(this.#isYounger(KEPT_MS) ? this.#published : await this.#readAgain(), this.#now());
  }

  /** A clock that was set back tells nothing about the age of what was read before. */
  #isYounger(limit: number): boolean {
    const age = this.#now() - this.#read;
    return age >= 0 && age < limit;
  }

  /** One read at a time, for all that wait for it. */
  #readAgain(): Promise<PublishedKeys | undefined> {
    this.#reading ??= this.#readOnce().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readOnce(): Promise<PublishedKeys | undefined> {
    const begun = this.#now();
    this.#published = await this.#source.published();
    this.#read = begun;
    return this.#published;
  }
}

function named(kid: string, published: PublishedKeys | undefined): PublishedKey | undefined {
  return published?.keys.find(({ jwk }) => jwk.kid === kid);
}

import type { Credential } from '#access/credential.ts';
import type { CredentialStore } from '#storage/credential-store.ts';
import { LruMap } from '#storage/lru-map.ts';

const CAPACITY = 1_000;
/** How long a credential that was changed or removed is still taken for what it was. */
const FOUND_MS = 30_000;
/** Shorter, because who has just been given a credential uses it at once. */
const NOT_FOUND_MS = 5_000;

interface Entry {
  readonly credential: Promise<Credential | undefined>;
  /** Milliseconds of the clock; infinite while the read is under way. */
  expires: number;
}

/** Spares a warm function the read of a credential it has seen shortly before; reads of one key are shared. */
export class CachedCredentialStore implements CredentialStore {
  readonly #source: CredentialStore;
  readonly #now: () => number;
  readonly #entries = new LruMap<string, Entry>(CAPACITY);

  /** @param now milliseconds. */
  constructor(source: CredentialStore, now: () => number) {
    this.#source = source;
    this.#now = now;
  }

  get(key: string): Promise<Credential | undefined> {
    const now = this.#now();
    const known = this.#entries.get(key);
    if (known !== undefined && now < known.expires) return known.credential;
    const entry: Entry = { credential: this.#source.get(key), expires: Number.POSITIVE_INFINITY };
    this.#entries.set(key, entry);
    return this.#settle(key, entry, now);
  }

  async #settle(key: string, entry: Entry, asked: number): Promise<Credential | undefined> {
    try {
      const credential = await entry.credential;
      entry.expires = asked + (credential === undefined ? NOT_FOUND_MS : FOUND_MS);
      return credential;
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      throw error;
    }
  }
}

import type { Issuer } from '#access/issuer.ts';
import { LruMap } from '#storage/lru-map.ts';
import type { KeySet } from '#tokens/issuer-jwt.ts';
import { XapiError } from '#xapi/errors.ts';

/** What tells whose keys they are, and where they are. */
export type KeyOwner = Pick<Issuer, 'issuer' | 'jwksUri'>;

/** Milliseconds for which keys are taken for what the issuer publishes. */
const FRESH_MS = 10 * 60_000;
/** Milliseconds for which keys are used when they cannot be fetched again. */
const USABLE_MS = 60 * 60_000;
/** Milliseconds between fetches, whatever names of keys tokens have: anybody can make one up. */
const PAUSE_MS = 30_000;
/** Milliseconds between fetches while there are no keys at all. */
const PAUSE_WITHOUT_KEYS_MS = 5_000;

/** Issuers, of which a deployment has a few. */
const CAPACITY = 100;

interface Known {
  keys?: KeySet;
  /** Milliseconds since 1970: when what became `keys` was asked for. */
  fetched: number;
  /** Milliseconds since 1970 of the last attempt to fetch. */
  asked: number;
  /** Why that failed, if it did. */
  failure?: unknown;
  underWay?: Promise<void>;
}

/** The public keys of other issuers. An outage of an issuer is none of this LRS as long as its keys are known. */
export class IssuerKeys {
  readonly #fetch: (owner: KeyOwner) => Promise<KeySet>;
  readonly #now: () => number;
  readonly #known = new LruMap<string, Known>(CAPACITY);

  /** @param now milliseconds since 1970 */
  constructor(fetchKeys: (owner: KeyOwner) => Promise<KeySet>, now: () => number) {
    this.#fetch = fetchKeys;
    this.#now = now;
  }

  /** The keys, fetched at most 10 minutes ago if that was possible. @throws XapiError `overloaded` without any */
  async current(owner: KeyOwner): Promise<KeySet> {
    const known = this.#of(owner);
    if (known.keys !== undefined && this.#now() - known.fetched < FRESH_MS) return known.keys;
    await this.#fetchAgain(owner, known);
    return usable(known, this.#now()) ?? unavailable(owner, known);
  }

  /**
   * The keys that the issuer has published since, when a token names one that is not among those.
   *
   * @returns undefined when there are none
   * @throws XapiError `overloaded` when that could not be found out
   */
  async newer(owner: KeyOwner, than: KeySet): Promise<KeySet | undefined> {
    const known = this.#of(owner);
    if (known.keys === than) await this.#fetchAgain(owner, known);
    if (known.keys !== than) return known.keys;
    return known.failure === undefined ? undefined : unavailable(owner, known);
  }

  /** The keys if they are known; fetches nothing. */
  peek(owner: KeyOwner): KeySet | undefined {
    return usable(this.#of(owner), this.#now());
  }

  #of({ issuer, jwksUri }: KeyOwner): Known {
    const name = JSON.stringify([issuer, jwksUri]);
    const known = this.#known.get(name) ?? { fetched: Number.NEGATIVE_INFINITY, asked: Number.NEGATIVE_INFINITY };
    this.#known.set(name, known);
    return known;
  }

  /** Unless that was done just before; requests share a fetch that is under way. */
  async #fetchAgain(owner: KeyOwner, known: Known): Promise<void> {
    const pause = usable(known, this.#now()) === undefined ? PAUSE_WITHOUT_KEYS_MS : PAUSE_MS;
    if (known.underWay === undefined && this.#now() - known.asked < pause) return;
    known.underWay ??= this.#attempt(owner, known).finally(() => delete known.underWay);
    await known.underWay;
  }

  async #attempt(owner: KeyOwner, known: Known): Promise<void> {
    known.asked = this.#now();
    try {
      known.keys = await this.#fetch(owner);
      known.fetched = known.asked;
      delete known.failure;
    } catch (error) {
      known.failure = error;
    }
  }
}

function usable({ keys, fetched }: Known, now: number): KeySet | undefined {
  return now - fetched < USABLE_MS ? keys : undefined;
}

function unavailable({ issuer }: KeyOwner, { failure }: Known): never {
  const message = 'The keys of the issuer of the token cannot be fetched at the moment; send the request again.';
  const cause = failure instanceof Error && failure.cause instanceof Error ? `: ${failure.cause.message}` : '';
  const detail = `keys of ${issuer}: ${failure instanceof Error ? failure.message : String(failure)}${cause}`;
  throw new XapiError({ code: 'overloaded', message }, { detail, retryAfter: PAUSE_WITHOUT_KEYS_MS / 1_000 });
}

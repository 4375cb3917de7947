import { setTimeout } from 'node:timers/promises';
import type {
  PrivateJwk,
  PrivateKeysStore,
  PublicJwk,
  PublishedKeys,
  PublishedKeysStore,
} from '#storage/signing-keys.ts';
import { nextStep, onlyWith, PATIENCE, withSuccessor } from '#tokens/key-lifecycle.ts';
import { XapiError } from '#xapi/errors.ts';

/** Milliseconds between looks at what another process is about to store. */
const PAUSE = 100;

/** Until well after a private half that has not come counts as lost. */
const MOST_LOOKS = (2 * PATIENCE) / PAUSE;

export interface SigningKeysDeps {
  readonly published: PublishedKeysStore;
  readonly privateKeys: PrivateKeysStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * The keys of a process that signs. Any number of processes share what is stored: the public halves are published under a
 * condition that one of them meets, which then, and alone, stores the private half. What dies in between leaves a key
 * that nobody can sign with, and whoever signs next makes another.
 */
export class SigningKeys {
  readonly #deps: SigningKeysDeps;
  #held: ReadonlyMap<string, PrivateJwk> = new Map();

  constructor(deps: SigningKeysDeps) {
    this.#deps = deps;
  }

  /** The key whose turn it is, made if there is none. @throws XapiError `overloaded` when another process is too slow. */
  async current(): Promise<PrivateJwk> {
    const { now, published } = this.#deps;
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      const keys = await published.published();
      const held = await this.#holding(keys);
      const next = nextStep(keys, new Set(held.keys()), now());
      const key = next.step === 'sign' ? held.get(next.kid) : undefined;
      if (key !== undefined) return key;
      if (next.step === 'make') await this.#make((jwk) => withSuccessor(keys, jwk, new Set(held.keys()), now()));
      else await setTimeout(PAUSE);
    }
    const message = 'There is no key to sign tokens with yet; send the request again.';
    throw new XapiError({ code: 'overloaded', message }, { detail: 'no private key came in time', retryAfter: 1 });
  }

  /**
   * Makes a new key, whatever the age of the present one.
   *
   * @param compromised whether the present ones have leaked: then nothing that was signed with them is taken any more
   * @returns what is published now
   * @throws XapiError `resource-changed` when another process changed the keys at the same moment
   */
  async rotate(compromised: boolean): Promise<PublishedKeys> {
    const { published, now } = this.#deps;
    const keys = await published.published();
    const held = await this.#holding(keys);
    const made = await this.#make((jwk) =>
      compromised ? onlyWith(keys, jwk, now()) : withSuccessor(keys, jwk, new Set(held.keys()), now()),
    );
    if (made !== undefined) return made;
    throw new XapiError({ code: 'resource-changed', message: 'The signing keys were changed at the same moment.' });
  }

  /** The private halves by their names; read again when the newest key is not among them. */
  async #holding(keys: PublishedKeys | undefined): Promise<ReadonlyMap<string, PrivateJwk>> {
    const newest = keys?.keys[0];
    const known = newest === undefined || this.#held.has(newest.jwk.kid);
    return known ? this.#held : this.#read();
  }

  async #read(): Promise<ReadonlyMap<string, PrivateJwk>> {
    const stored = await this.#deps.privateKeys.read();
    // What another process has overwritten there is still good.
    this.#held = new Map([...this.#held, ...stored.map((key) => [key.kid, key] as const)]);
    return this.#held;
  }

  /** @returns undefined when another process was faster, and nothing was changed. */
  async #make(add: (jwk: PublicJwk) => PublishedKeys): Promise<PublishedKeys | undefined> {
    const { published, privateKeys } = this.#deps;
    const { makeKey, publicHalf } = await import('#tokens/sign-jwt.ts');
    const key = await makeKey();
    const keys = add(publicHalf(key));
    if (!(await published.publish(keys))) return undefined;
    const older = await this.#read();
    await privateKeys.write([key, ...keys.keys.flatMap(({ jwk }) => older.get(jwk.kid) ?? [])]);
    return keys;
  }
}

import { setTimeout } from 'node:timers/promises';
import { DEFAULT_STORE } from '#access/store.ts';
import type { Registry } from '#storage/registry.ts';
import type {
  PrivateJwk,
  PrivateKeysStore,
  PublicJwk,
  PublishedKeys,
  PublishedKeysSource,
} from '#storage/signing-keys.ts';
import { MOST_KEYS, nextStep, onlyWith, PATIENCE, roomFrom, withSuccessor } from '#tokens/key-lifecycle.ts';
import { XapiError } from '#xapi/errors.ts';

/** Milliseconds between looks at what another process is about to store. */
const PAUSE = 100;

/** Until well after a private half that has not come counts as lost. */
const MOST_LOOKS = (2 * PATIENCE) / PAUSE;

export interface SigningKeysDeps {
  readonly published: PublishedKeysSource;
  /** Where they are published. */
  readonly registry: Pick<Registry, 'commit'>;
  readonly privateKeys: PrivateKeysStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A new key, of which nobody else knows yet. */
export interface KeyRotation {
  /** What is to be published with it. */
  readonly published: PublishedKeys;
  /**
   * Stores the private half, for after it was published: if that fails, whoever signs next makes another key.
   *
   * @throws XapiError `overloaded`
   */
  readonly store: () => Promise<void>;
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
      if (next.step !== 'make') await setTimeout(PAUSE);
      else {
        const names = new Set(held.keys());
        await this.#rotateUnasked(await this.#rotationTo((jwk) => withSuccessor(keys, jwk, names, now())));
      }
    }
    const message = 'There is no key to sign tokens with yet; send the request again.';
    throw new XapiError({ code: 'overloaded', message }, { detail: 'no private key came in time', retryAfter: 1 });
  }

  /**
   * A new key, whatever the age of the present one.
   *
   * @param compromised whether the present ones have leaked: then nothing that was signed with them is taken any more
   * @throws XapiError `resource-changed` while there are too many keys whose tokens may be valid
   */
  async rotation(compromised: boolean): Promise<KeyRotation> {
    const { published, now } = this.#deps;
    const keys = await published.published();
    const room = compromised ? undefined : roomFrom(keys, now());
    if (room !== undefined) throw tooManyKeys(room);
    const held = await this.#holding(keys);
    return this.#rotationTo((jwk) =>
      compromised ? onlyWith(keys, jwk, now()) : withSuccessor(keys, jwk, new Set(held.keys()), now()),
    );
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

  /** Because it is time; when another process was faster, nothing is changed. */
  async #rotateUnasked({ published, store }: KeyRotation): Promise<void> {
    const outcome = await this.#deps.registry.commit({
      changes: [{ kind: 'signing-keys', put: published }],
      audit: {
        store: DEFAULT_STORE,
        time: this.#deps.now(),
        action: 'signing-keys-rotated',
        subject: published.keys[0]?.jwk.kid ?? '',
        result: 'done',
        details: { compromised: false, automatic: true },
      },
    });
    if (outcome === 'done') await store();
  }

  async #rotationTo(add: (jwk: PublicJwk) => PublishedKeys): Promise<KeyRotation> {
    const { makeKey, publicHalf } = await import('#tokens/sign-jwt.ts');
    const key = await makeKey();
    const published = add(publicHalf(key));
    const store = async () => {
      const older = await this.#read();
      await this.#deps.privateKeys.write([key, ...published.keys.flatMap(({ jwk }) => older.get(jwk.kid) ?? [])]);
    };
    return { published, store };
  }
}

function tooManyKeys(room: number): XapiError {
  return new XapiError({
    code: 'resource-changed',
    message:
      `The tokens of ${MOST_KEYS} signing keys may still be valid, and there cannot be more: ` +
      `another key can be made from ${new Date(room).toISOString()} on, or at once in the place of all.`,
  });
}

import type { PublicJwk, PublishedKey, PublishedKeys } from '#storage/signing-keys.ts';
import { LONGEST_TOKEN_MINUTES } from '#tokens/token-request.ts';

/* Milliseconds. */
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The age at which a key gets a successor. */
export const KEY_AGE = 90 * DAY;

/** From when a successor is published until tokens are signed with it: longer than anybody keeps what was published. */
export const LEAD = 10 * MINUTE;

export const LONGEST_TOKEN = LONGEST_TOKEN_MINUTES * MINUTE;

/** For what chose its key just before it was another's turn, and signs with it later. */
export const MARGIN = 60 * MINUTE;

/** How long the private half of a key may take to arrive after the public one was published, when there is no other key. */
export const PATIENCE = 5_000;

/** The longest that a private half is waited for when there is no other key, one key after another having been lost. */
const LONGEST_PATIENCE = 90 * MINUTE;

/** How many private halves that are lost one after another are waited for no longer than for one. */
const AT_ONCE = 3;

/** How many keys may be made within a day because the private half of the newest is not there. */
const REPLACEMENTS = 2;

/** More than ever come together; all of them are in one item, and in what everybody fetches. */
export const MOST_KEYS = 50;

/**
 * What whoever wants to sign does: sign with a key; make a new one first; or look again in a moment, because another
 * process is making the first one.
 */
export type SigningStep =
  | { readonly step: 'sign'; readonly kid: string }
  | { readonly step: 'make' }
  | { readonly step: 'wait' };

/**
 * @param held names of the keys whose private halves are there
 * @param now milliseconds since 1970
 */
export function nextStep(published: PublishedKeys | undefined, held: ReadonlySet<string>, now: number): SigningStep {
  const newest = published?.keys[0];
  if (published === undefined || newest === undefined) return { step: 'make' };
  const signer = signerOf(published, held, now);
  const due = held.has(newest.jwk.kid) ? now >= newest.created + KEY_AGE : isLost(published, signer, held, now);
  if (due && roomFrom(published, now) === undefined) return { step: 'make' };
  return signer === undefined ? { step: 'wait' } : { step: 'sign', kid: signer.jwk.kid };
}

/**
 * Whether the private half of the newest key will not come any more: it was lost, or is in another secret. What can sign
 * meanwhile makes others rarely, and what cannot makes them less and less often: it may be storing them that fails.
 */
function isLost({ keys }: PublishedKeys, signer: PublishedKey | undefined, held: ReadonlySet<string>, now: number) {
  const age = now - (keys[0]?.created ?? now);
  if (signer !== undefined) {
    return age >= LEAD && keys.filter(({ created }) => now < created + DAY).length < REPLACEMENTS;
  }
  const missing = keys.findIndex(({ jwk }) => held.has(jwk.kid));
  const lost = missing < 0 ? keys.length : missing;
  return age >= Math.min(PATIENCE * 2 ** Math.max(lost - AT_ONCE, 0), LONGEST_PATIENCE);
}

/** @returns from when there can be another key, milliseconds since 1970; undefined: now */
export function roomFrom(published: PublishedKeys | undefined, now: number): number | undefined {
  const live = liveKeys(published, now);
  return live.length < MOST_KEYS ? undefined : Math.min(...live.map(({ retires = Infinity }) => retires));
}

/** The newest key whose turn has come; before anybody's turn, the newest that there is. */
function signerOf({ keys }: PublishedKeys, held: ReadonlySet<string>, now: number): PublishedKey | undefined {
  // A key that retires before the token expires would take the token with it.
  const able = keys.filter(({ jwk, retires = Infinity }) => held.has(jwk.kid) && now + LONGEST_TOKEN <= retires);
  return able.find(({ signsFrom }) => signsFrom <= now) ?? able[0];
}

/**
 * The keys with one more, which signs from when everybody knows it; at once when there is none that could sign until then.
 * Keys that have retired are dropped; those that may have signed, or sign until then, retire when their last token has
 * expired, and a day later if their private halves are not there: then they may be in another secret, and sign on.
 *
 * @param held names of the keys whose private halves are there
 * @param now milliseconds since 1970
 */
export function withSuccessor(
  published: PublishedKeys | undefined,
  jwk: PublicJwk,
  held: ReadonlySet<string>,
  now: number,
): PublishedKeys {
  const signer = published && signerOf(published, held, now);
  const signsFrom = signer === undefined ? now : now + LEAD;
  return {
    revision: (published?.revision ?? 0) + 1,
    keys: [
      { jwk, created: now, signsFrom },
      ...liveKeys(published, now).map((key) => {
        if (key !== signer && key.retires !== undefined) return key;
        const signs = held.has(key.jwk.kid) ? signsFrom : signsFrom + DAY;
        return { ...key, retires: signs + LONGEST_TOKEN + MARGIN };
      }),
    ],
  };
}

/**
 * One key in the place of all: for when a private key has leaked. It signs at once, and no token that was issued before is
 * taken any more.
 */
export function onlyWith(published: PublishedKeys | undefined, jwk: PublicJwk, now: number): PublishedKeys {
  return { revision: (published?.revision ?? 0) + 1, keys: [{ jwk, created: now, signsFrom: now }] };
}

/** @returns the public keys that a token may be signed with now or later, or was and has not expired. */
export function verifyingKeys(published: PublishedKeys | undefined, now: number): readonly PublicJwk[] {
  return liveKeys(published, now).map(({ jwk }) => jwk);
}

function liveKeys(published: PublishedKeys | undefined, now: number): readonly PublishedKey[] {
  return (published?.keys ?? []).filter(({ retires = Infinity }) => now < retires);
}

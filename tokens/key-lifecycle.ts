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

/** More than ever come together; what cannot store private halves must not publish without end. */
const MOST_KEYS = 50;

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
  // A private half that has not come by then was lost.
  const patience = signer === undefined ? PATIENCE : LEAD;
  if (now >= newest.created + (held.has(newest.jwk.kid) ? KEY_AGE : patience)) return { step: 'make' };
  return signer === undefined ? { step: 'wait' } : { step: 'sign', kid: signer.jwk.kid };
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
 * expired.
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
  const older = (published?.keys ?? []).filter(({ retires = Infinity }) => now < retires).slice(0, MOST_KEYS - 1);
  return {
    revision: (published?.revision ?? 0) + 1,
    keys: [
      { jwk, created: now, signsFrom },
      ...older.map((key) => (key === signer || key.retires === undefined ? retiring(key, signsFrom) : key)),
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
  return (published?.keys ?? []).filter(({ retires = Infinity }) => now < retires).map(({ jwk }) => jwk);
}

function retiring(key: PublishedKey, signsFrom: number): PublishedKey {
  return { ...key, retires: signsFrom + LONGEST_TOKEN + MARGIN };
}

import type { Credential } from '#access/credential.ts';
import type { Issuer } from '#access/issuer.ts';
import type { CachedReads } from '#storage/cached-reads.ts';
import type { IssuerKeys } from '#tokens/issuer-keys.ts';
import type { KeySource } from '#tokens/verify-issuer-token.ts';

/** What authentication looks up. */
export interface AccessSources {
  /** By its key. */
  credential(key: string): Promise<Credential | undefined>;
  /** By its key, as of now or shortly before: who shows another secret may have got a new one. */
  doubtedCredential(key: string): Promise<Credential | undefined>;
  /** By the claim `iss`. */
  issuer(name: string): Promise<Issuer | undefined>;
  readonly issuerKeys: KeySource;
}

/** What a process keeps of that, so that a warm function asks nobody. */
export interface AccessCaches {
  /** By their keys. */
  readonly credentials: Kept<Credential>;
  /** By the claim `iss`. */
  readonly issuers: Kept<Issuer>;
  readonly issuerKeys: Pick<IssuerKeys, 'current' | 'newer' | 'peek'>;
}

type Kept<Value> = Pick<CachedReads<Value>, 'get' | 'getDoubted' | 'isInUse'>;

/**
 * How old what is let in by may be: as old as it is `kept`, or `recent`, read at most 2 s ago, where what somebody takes
 * away in the seconds after a revocation would outlive it: tokens, and changes of what is managed.
 */
export type Freshness = 'kept' | 'recent';

/** Looks up what is not kept. */
export function everywhere({ credentials, issuers, issuerKeys }: AccessCaches, freshness: Freshness): AccessSources {
  return {
    credential: readerOf(credentials, freshness),
    doubtedCredential: (key) => credentials.getDoubted(key),
    issuer: readerOf(issuers, freshness),
    issuerKeys,
  };
}

/** Looks up nothing but what was found before and is in use, which is read again when it is too old. */
export function keptOnly({ credentials, issuers, issuerKeys }: AccessCaches, freshness: Freshness): AccessSources {
  const credential = knownReaderOf(credentials, freshness);
  const keptIssuer = knownReaderOf(issuers, freshness);
  return {
    credential,
    doubtedCredential: credential,
    issuer: async (name) => {
      const issuer = await keptIssuer(name);
      return issuer !== undefined && issuerKeys.peek(issuer) !== undefined ? issuer : undefined;
    },
    issuerKeys: {
      current: (owner) => Promise.resolve(issuerKeys.peek(owner) ?? issuerKeys.current(owner)),
      newer: () => Promise.resolve(undefined),
    },
  };
}

type Reader<Value> = (name: string) => Promise<Value | undefined>;

function readerOf<Value>(cache: Kept<Value>, freshness: Freshness): Reader<Value> {
  return (name) => (freshness === 'recent' ? cache.getDoubted(name) : cache.get(name));
}

function knownReaderOf<Value>(cache: Kept<Value>, freshness: Freshness): Reader<Value> {
  const read = readerOf(cache, freshness);
  return (name) => (cache.isInUse(name) ? read(name) : Promise.resolve(undefined));
}

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
  readonly credentials: Pick<CachedReads<Credential>, 'get' | 'getDoubted' | 'peek'>;
  /** By the claim `iss`. */
  readonly issuers: Pick<CachedReads<Issuer>, 'get' | 'peek'>;
  readonly issuerKeys: Pick<IssuerKeys, 'current' | 'newer' | 'peek'>;
}

/** Looks up what is not kept. */
export function everywhere({ credentials, issuers, issuerKeys }: AccessCaches): AccessSources {
  return {
    credential: (key) => credentials.get(key),
    doubtedCredential: (key) => credentials.getDoubted(key),
    issuer: (name) => issuers.get(name),
    issuerKeys,
  };
}

/** Looks nothing up: what is not kept is not there. */
export function keptOnly({ credentials, issuers, issuerKeys }: AccessCaches): AccessSources {
  return {
    credential: (key) => Promise.resolve(credentials.peek(key)),
    doubtedCredential: (key) => Promise.resolve(credentials.peek(key)),
    issuer: (name) => {
      const issuer = issuers.peek(name);
      return Promise.resolve(issuer !== undefined && issuerKeys.peek(issuer) !== undefined ? issuer : undefined);
    },
    issuerKeys: {
      current: (owner) => Promise.resolve(issuerKeys.peek(owner) ?? issuerKeys.current(owner)),
      newer: () => Promise.resolve(undefined),
    },
  };
}

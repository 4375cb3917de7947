/** A public key for ES256 as a JWK (RFC 7517). */
export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'ES256';
}

export interface PublishedKey {
  readonly jwk: PublicJwk;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** From when on tokens are signed with it: others have fetched it by then. */
  readonly signsFrom: number;
  /** From when on it verifies nothing any more; absent while it is the newest. */
  readonly retires?: number;
}

/** All keys that tokens may be signed with, the newest first. */
export interface PublishedKeys {
  /** 1, and one more with each change. */
  readonly revision: number;
  readonly keys: readonly PublishedKey[];
}

/** The public halves, which every function may read. */
export interface PublishedKeysSource {
  published(): Promise<PublishedKeys | undefined>;
}

/** A private key as a JWK. */
export interface PrivateJwk extends PublicJwk {
  readonly d: string;
}

/** The private halves, which only what signs may read. */
export interface PrivateKeysStore {
  read(): Promise<readonly PrivateJwk[]>;
  write(keys: readonly PrivateJwk[]): Promise<void>;
}

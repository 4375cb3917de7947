import type { Credential } from '#access/credential.ts';
import type { Issuer } from '#access/issuer.ts';
import type { Authenticator } from '#http/auth/authenticator.ts';
import { type AuthenticatorDeps, createAuthenticator } from '#http/auth/create-authenticator.ts';
import { CachedReads } from '#storage/cached-reads.ts';
import { IssuerKeys } from '#tokens/issuer-keys.ts';
import { VerificationKeys } from '#tokens/verification-keys.ts';
import { aCredential } from '#test/support/credentials.ts';

export interface AuthenticatorOptions extends Partial<AuthenticatorDeps> {
  /** By its key. */
  readonly credentialOf?: (key: string) => Credential | undefined;
  readonly issuers?: readonly Issuer[];
}

/** An authenticator that knows one credential, does not wait, and whose clock stands still, unless the options say otherwise. */
export function anAuthenticator({
  credentialOf = (key) => (key === 'key' ? aCredential() : undefined),
  issuers = [],
  now = () => 0,
  ...more
}: AuthenticatorOptions = {}): Authenticator {
  const noKeys = { published: () => Promise.resolve(undefined) };
  return createAuthenticator({
    caches: {
      credentials: new CachedReads((key) => Promise.resolve(credentialOf(key)), now),
      issuers: new CachedReads((name) => Promise.resolve(issuers.find(({ issuer }) => issuer === name)), now),
      issuerKeys: new IssuerKeys(() => Promise.reject(new Error('No issuer answers.')), now),
    },
    ownTokens: { keys: new VerificationKeys(noKeys, now), issuer: 'urn:serverless-lrs:test', now },
    freshness: 'kept',
    now,
    sleep: () => Promise.resolve(),
    onFailure: () => {},
    ...more,
  });
}

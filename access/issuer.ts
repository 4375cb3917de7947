import type { Scope } from '#access/scope.ts';
import type { StoreId } from '#access/store.ts';

/**
 * Where a claim stands: its name, or the names that lead to it through objects (Keycloak: `["realm_access", "roles"]`).
 */
export type ClaimPath = string | readonly string[];

/**
 * Values of a claim, by what they stand for. A claim may be a list of texts or a text, which is one value as a whole; only
 * `scope` and `scp` are, as a text, a list of words with spaces between.
 */
export interface ScopesByClaim {
  readonly claim: ClaimPath;
  /** Value of the claim → scopes; absent: the values are scopes themselves. */
  readonly values?: Readonly<Record<string, readonly Scope[]>>;
}

/** A claim that is a text is one value as a whole, whatever its name. */
export interface StoreByClaim {
  readonly claim: ClaimPath;
  /** Value of the claim → store; only what stands here is let in. */
  readonly values: Readonly<Record<string, StoreId>>;
}

/** Somebody else who issues tokens that this LRS accepts: Cognito, Okta, Entra, Keycloak or any other OIDC issuer. */
export interface Issuer {
  /** Chosen by the administrator: 1 to 63 lower-case letters, digits and hyphens. */
  readonly id: string;
  /** The claim `iss`, exactly as tokens have it; unique in the deployment. */
  readonly issuer: string;
  /** One of them has to be in the claim `aud`, or, where that is missing as in access tokens of Cognito, in `client_id`. */
  readonly audiences: readonly string[];
  /** Where the keys are; absent: where the issuer's `/.well-known/openid-configuration` says. */
  readonly jwksUri?: string;
  /** `scopes` for everybody, or by a claim. */
  readonly scopes: readonly Scope[] | ScopesByClaim;
  /** One store for everybody, or by a claim. */
  readonly store: StoreId | StoreByClaim;
  readonly disabled: boolean;
  /** Hex, 32 bytes, random: what the link secrets of its principals are derived from. */
  readonly linkSecret: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly createdBy: string;
  readonly revision: number;
}

import type { Agent } from '#xapi/statement/statement.ts';
import type { StoreId } from '#storage/store-id.ts';

/** xAPI 1.0.3, Communication 4.0 (OAuth scopes), which this LRS gives to every kind of credential. */
export const SCOPES = [
  'statements/write',
  'statements/read/mine',
  'statements/read',
  'state',
  'define',
  'profile',
  'all/read',
  'all',
] as const;

export type Scope = (typeof SCOPES)[number];

/** Who may send and read, and as whom. The secret itself is never kept. */
export interface Credential {
  /** The user name of HTTP Basic. */
  readonly key: string;
  readonly store: StoreId;
  readonly scopes: readonly Scope[];
  /** The agent that statements sent with this credential get as their authority. */
  readonly authority: Agent;
  readonly label: string;
  /** Hex, 16 bytes, random. */
  readonly salt: string;
  /** Hex: SHA-256 of salt and secret. Secrets have at least 128 bits, so a slow hash would protect nothing. */
  readonly secretHash: string;
  /** Hex, 32 bytes, random: signs what this credential is handed to bring back (`more`). */
  readonly linkSecret: string;
}

export interface CredentialStore {
  get(key: string): Promise<Credential | undefined>;

  /** Adds it, or replaces the one with the same key. */
  put(credential: Credential): Promise<void>;
}

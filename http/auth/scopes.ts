import type { ResourceName } from '#runtime/metric-names.ts';
import type { Credential, Scope } from '#storage/credential-store.ts';

/** The resources that need a credential. */
export type Resource = Exclude<ResourceName, 'about'>;

export type Access = 'read' | 'write';

const PROFILE: Record<Access, readonly Scope[]> = { read: ['profile', 'all/read', 'all'], write: ['profile', 'all'] };

/** What is known of activities and agents: open to who reads all statements it comes from, and to who defines it. */
const KNOWN: Record<Access, readonly Scope[]> = { read: ['statements/read', 'define', 'all/read', 'all'], write: [] };

/** Any one of these scopes permits the access (xAPI 1.0.3, Communication 4.2). */
export const PERMITTING: Readonly<Record<Resource, Record<Access, readonly Scope[]>>> = {
  statements: {
    read: ['statements/read/mine', 'statements/read', 'all/read', 'all'],
    write: ['statements/write', 'all'],
  },
  'activities-state': { read: ['state', 'all/read', 'all'], write: ['state', 'all'] },
  'activities-profile': PROFILE,
  'agents-profile': PROFILE,
  activities: KNOWN,
  agents: KNOWN,
};

export function hasAny({ scopes }: Credential, wanted: readonly Scope[]): boolean {
  return wanted.some((scope) => scopes.includes(scope));
}

/** Whether only statements with the credential's own authority may be read. */
export function readsOnlyOwn(credential: Credential): boolean {
  return !hasAny(credential, ['statements/read', 'all/read', 'all']);
}

/** Whether statements sent with the credential add to what is known of activities and agents. */
export function mayDefine(credential: Credential): boolean {
  return hasAny(credential, ['define', 'all']);
}

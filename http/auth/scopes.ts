import type { ResourceName } from '#runtime/metric-names.ts';
import type { Principal } from '#access/principal.ts';
import type { Scope } from '#access/scope.ts';

/** The resources of the xAPI that need a credential. */
export type Resource = Exclude<ResourceName, 'about' | 'admin' | 'oauth'>;

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

export function hasAny({ scopes }: Pick<Principal, 'scopes'>, wanted: readonly Scope[]): boolean {
  return wanted.some((scope) => scopes.includes(scope));
}

/** Whether only statements with the principal's own authority may be read. */
export function readsOnlyOwn(principal: Pick<Principal, 'scopes'>): boolean {
  return !hasAny(principal, ['statements/read', 'all/read', 'all']);
}

/**
 * Whether statements sent with the principal add to what is known of activities and agents. All learners share that, so it
 * is beyond any limit.
 */
export function mayDefine(principal: Pick<Principal, 'scopes' | 'limits'>): boolean {
  return principal.limits === undefined && hasAny(principal, ['define', 'all']);
}

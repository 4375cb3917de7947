import { wrongUsage } from '#cli/failure.ts';
import type { KeyAndSecret } from '#cli/profiles/key-and-secret.ts';

/** An LRS and a credential for it, under a name. */
export interface Profile extends KeyAndSecret {
  /** With `/xapi` or without. */
  readonly endpoint: string;
}

export interface Profiles {
  /** The name of the profile that is used when none is named. */
  readonly current?: string;
  readonly profiles: ReadonlyMap<string, Profile>;
}

export const NO_PROFILES: Profiles = { profiles: new Map() };

export const PROFILE_NAME_RULE = '1 to 63 letters, digits, hyphens, underscores and dots, the first a letter or digit';

export function isProfileName(text: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,62}$/iu.test(text);
}

/** Adds a profile or takes its place; the first is used from then on. */
export function withProfile(before: Profiles, name: string, profile: Profile): Profiles {
  return {
    current: before.current ?? name,
    profiles: new Map([...before.profiles, [name, profile]]),
  };
}

/** @throws Failure 2 */
export function profileNamed({ profiles }: Profiles, name: string): Profile {
  const profile = profiles.get(name);
  if (profile !== undefined) return profile;
  const others = [...profiles.keys()].join(', ') || 'none';
  throw wrongUsage(`There is no profile ${JSON.stringify(name)}; there are: ${others}.`);
}

/** When it was the current one, none is. */
export function withoutProfile({ current, profiles }: Profiles, name: string): Profiles {
  const left = new Map([...profiles].filter(([other]) => other !== name));
  return { ...(current !== undefined && current !== name && { current }), profiles: left };
}

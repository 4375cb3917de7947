import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { isJsonObject, textIn } from '#cli/api/json.ts';
import { wrongUsage } from '#cli/failure.ts';
import { keyAndSecretIn } from '#cli/profiles/key-and-secret.ts';
import { isProfileName, NO_PROFILES, type Profile, type Profiles } from '#cli/profiles/profiles.ts';
import type { Shell } from '#cli/shell.ts';

/** What others than the owner may do with it. */
const OTHERS = 0o077;

/** `$XDG_CONFIG_HOME/serverless-lrs/profiles.json`; a relative folder does not count (XDG Base Directory). */
export function profileFile({ variables, homeFolder }: Pick<Shell, 'variables' | 'homeFolder'>): string {
  const folder = variables['XDG_CONFIG_HOME'] ?? '';
  return join(isAbsolute(folder) ? folder : join(homeFolder, '.config'), 'serverless-lrs', 'profiles.json');
}

/** @throws Failure when the file holds something else, or cannot be read */
export async function readProfiles(shell: Pick<Shell, 'variables' | 'homeFolder' | 'tell'>): Promise<Profiles> {
  const file = profileFile(shell);
  try {
    const profiles = parse(await readFile(file, 'utf8'), file);
    const { mode } = await stat(file);
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
      shell.tell(`Others can read the secrets in ${file}: chmod 600 it.\n`);
    }
    return profiles;
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      if (error.code === 'ENOENT') return NO_PROFILES;
      throw wrongUsage(`The profiles cannot be read: ${error.message}`);
    }
    throw error;
  }
}

/** Whole or not at all; readable by the owner alone. @throws Failure */
export async function writeProfiles(shell: Pick<Shell, 'variables' | 'homeFolder'>, profiles: Profiles): Promise<void> {
  const file = profileFile(shell);
  const whole = `${file}.${randomBytes(6).toString('hex')}`;
  const { current } = profiles;
  const content = { ...(current !== undefined && { current }), profiles: Object.fromEntries(profiles.profiles) };
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(whole, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    await rename(whole, file);
  } catch (error) {
    await rm(whole, { force: true }).catch(() => undefined);
    throw wrongUsage(`The profiles cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parse(text: string, file: string): Profiles {
  const content = parseJson(text);
  const entries = isJsonObject(content) && isJsonObject(content['profiles']) ? content['profiles'] : undefined;
  const profiles = Object.entries(entries ?? {}).map(([name, value]) => [name, profileIn(value)] as const);
  const usable = profiles.filter((entry): entry is readonly [string, Profile] => entry[1] !== undefined);
  if (entries === undefined || usable.length < profiles.length || !usable.every(([name]) => isProfileName(name))) {
    throw wrongUsage(`${file} does not hold profiles: repair it, or delete it and add them again.`);
  }
  const current = textIn(content, 'current');
  return { ...(current !== undefined && { current }), profiles: new Map(usable) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function profileIn(value: unknown): Profile | undefined {
  const endpoint = textIn(value, 'endpoint');
  const credential = keyAndSecretIn(value);
  return endpoint === undefined || credential === undefined ? undefined : { endpoint, ...credential };
}

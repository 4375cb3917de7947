import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { profileFile, readProfiles, writeProfiles } from '#cli/profiles/profile-file.ts';
import { NO_PROFILES, withoutProfile, withProfile } from '#cli/profiles/profiles.ts';
import { aShell, type ScriptedShell } from '#test/support/cli-shell.ts';

const PROD = { endpoint: 'https://prod.example.com/xapi', key: 'a-key', secret: 'a-secret' };

let folder: string;
let shell: ScriptedShell;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrs-profiles-'));
  shell = aShell({ homeFolder: folder });
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('the file of profiles', () => {
  it('is in the folder of configuration', () => {
    const home = '/home/ann/.config/serverless-lrs/profiles.json';
    const files = [{}, { XDG_CONFIG_HOME: '/conf' }, { XDG_CONFIG_HOME: 'relative' }].map((variables) =>
      profileFile({ variables, homeFolder: '/home/ann' }),
    );
    expect(files).toEqual([home, '/conf/serverless-lrs/profiles.json', home]);
  });

  it('keeps profiles for its owner alone, whole or not at all', async () => {
    const profiles = withProfile(NO_PROFILES, 'prod', PROD);
    await writeProfiles(shell, profiles);
    await writeProfiles(shell, withProfile(profiles, 'test', PROD));
    const file = profileFile(shell);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
    expect(await readdir(dirname(file))).toEqual(['profiles.json']);
    expect(await readProfiles(shell)).toEqual({
      current: 'prod',
      profiles: new Map([
        ['prod', PROD],
        ['test', PROD],
      ]),
    });
    expect(shell.messages()).toBe('');
  });

  it('need not be there', async () => {
    expect(await readProfiles(shell)).toEqual(NO_PROFILES);
  });

  it('is made for its owner alone even where others could read it', async () => {
    await writeProfiles(shell, withProfile(NO_PROFILES, 'prod', PROD));
    await chmod(profileFile(shell), 0o644);
    await readProfiles(shell);
    expect(shell.messages()).toMatch(/^Others can read the secrets in .*chmod 600/u);
    await writeProfiles(shell, withProfile(NO_PROFILES, 'prod', PROD));
    expect((await stat(profileFile(shell))).mode & 0o777).toBe(0o600);
  });

  it.each(['', '[]', '{}', '{"profiles":[]}', '{"profiles":{"a":{}}}', '{"profiles":{"../a":{}}}'])(
    'is left alone when it holds something else: %j',
    async (text) => {
      const file = profileFile(shell);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text, { mode: 0o600 });
      await expect(readProfiles(shell)).rejects.toThrow('does not hold profiles');
      expect(await readFile(file, 'utf8')).toBe(text);
    },
  );

  it('cannot be written where a file is in the way', async () => {
    await writeFile(join(folder, '.config'), '');
    await expect(writeProfiles(shell, NO_PROFILES)).rejects.toThrow(/^The profiles cannot be written: /u);
    await expect(readProfiles(shell)).rejects.toThrow(/^The profiles cannot be read: /u);
  });
});

describe('profiles', () => {
  it('have the first as the current one', () => {
    const one = withProfile(NO_PROFILES, 'one', PROD);
    expect(one.current).toBe('one');
    expect(withProfile(one, 'two', PROD).current).toBe('one');
  });

  it('have no current one when it was removed', () => {
    const both = withProfile(withProfile(NO_PROFILES, 'one', PROD), 'two', PROD);
    expect(withoutProfile(both, 'one')).toEqual({ profiles: new Map([['two', PROD]]) });
    expect(withoutProfile(both, 'two').current).toBe('one');
  });
});

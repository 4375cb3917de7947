import type { Command } from 'commander';
import { examples } from '#cli/commands/examples.ts';
import { readInput } from '#cli/commands/read-input.ts';
import { addGroup } from '#cli/commands/group.ts';
import { type GlobalOptions, show } from '#cli/commands/session.ts';
import { wrongUsage } from '#cli/failure.ts';
import { type Column, table } from '#cli/output/table.ts';
import { inTheClearText, readEndpoint } from '#cli/profiles/endpoint.ts';
import { isUsable, isUsableKey, type KeyAndSecret, parseKeyAndSecret } from '#cli/profiles/key-and-secret.ts';
import { profileFile, readProfiles, writeProfiles } from '#cli/profiles/profile-file.ts';
import {
  isProfileName,
  PROFILE_NAME_RULE,
  profileNamed,
  type Profiles,
  withoutProfile,
  withProfile,
} from '#cli/profiles/profiles.ts';
import type { Shell } from '#cli/shell.ts';

/** A profile without its secret. */
interface ListedProfile {
  readonly name: string;
  readonly endpoint: string;
  readonly key: string;
  readonly current: boolean;
}

const COLUMNS: readonly Column<ListedProfile>[] = [
  { head: 'PROFILE', of: ({ name, current }) => (current ? `${name} (current)` : name) },
  { head: 'ENDPOINT', of: ({ endpoint }) => endpoint, mayBeCut: true },
  { head: 'KEY', of: ({ key }) => key },
];

export function addProfile(program: Command, shell: Shell): void {
  const profile = addGroup(program, 'profile', 'Profiles: LRSs and credentials for them, kept on this machine.');
  addAdd(profile, shell);
  addList(profile, shell);
  addUse(profile, shell);
  addRemove(profile, shell);
}

function addAdd(profile: Command, shell: Shell): void {
  profile
    .command('add')
    .description(
      'Keep an LRS and a credential for it; key and secret are asked for. It replaces a profile of that name. The first ' +
        'one is the current one from then on, which is used wherever no other LRS is named.',
    )
    .argument('<name>', PROFILE_NAME_RULE)
    .option('--credential-stdin', 'read JSON with key and secret from standard input')
    .addHelpText(
      'after',
      examples(
        'lrs profile add prod --endpoint https://….amazonaws.com/xapi',
        'aws secretsmanager get-secret-value --secret-id … --query SecretString --output text |',
        '  lrs profile add prod --endpoint https://….amazonaws.com/xapi --credential-stdin',
      ),
    )
    .action(async (name: string, options: { readonly credentialStdin?: boolean }, command: Command) => {
      const { endpoint: text } = command.optsWithGlobals<GlobalOptions>();
      if (!isProfileName(name))
        throw wrongUsage(`${JSON.stringify(name)} is no name: it has to be ${PROFILE_NAME_RULE}.`);
      if (text === undefined) throw wrongUsage('--endpoint is missing: --endpoint https://lrs.example.com/xapi');
      const endpoint = readEndpoint('--endpoint', text);
      const warning = inTheClearText(endpoint);
      if (warning !== undefined) shell.tell(`${warning}\n`);
      const before = await readProfiles(shell);
      const credential = await (options.credentialStdin === true ? credentialOfInput(shell) : askForCredential(shell));
      const after = withProfile(before, name, { endpoint: endpoint.url, ...credential });
      await writeProfiles(shell, after);
      shell.tell(`Kept in ${profileFile(shell)}. See whether it works: lrs whoami --profile ${name}\n`);
      shell.tell(
        after.current === name
          ? 'It is the current profile: commands that name no other LRS use it.\n'
          : `The current profile stays ${after.current}; to make it this one: lrs profile use ${name}\n`,
      );
    });
}

function addList(profile: Command, shell: Shell): void {
  profile
    .command('list')
    .description('List the profiles, without their secrets.')
    .addHelpText('after', examples('lrs profile list'))
    .action(async (_options: unknown, command: Command) => {
      const json = command.optsWithGlobals<GlobalOptions>().json === true;
      const profiles = listed(await readProfiles(shell));
      if (profiles.length === 0 && !json) shell.tell('There are no profiles yet: lrs profile add --help\n');
      else show({ shell, json }, profiles, () => table(COLUMNS, profiles, shell.columns));
    });
}

function addUse(profile: Command, shell: Shell): void {
  profile
    .command('use')
    .description('Use a profile from now on, wherever none is named.')
    .argument('<name>', 'its name')
    .addHelpText('after', examples('lrs profile use prod'))
    .action(async (name: string) => {
      const before = await readProfiles(shell);
      profileNamed(before, name);
      await writeProfiles(shell, { ...before, current: name });
      shell.tell(`${name} is the current profile now: commands that name no other LRS use it.\n`);
    });
}

function addRemove(profile: Command, shell: Shell): void {
  profile
    .command('remove')
    .description('Forget a profile. Its credential stays good: see lrs credential delete.')
    .argument('<name>', 'its name')
    .addHelpText('after', examples('lrs profile remove prod'))
    .action(async (name: string) => {
      const before = await readProfiles(shell);
      profileNamed(before, name);
      const after = withoutProfile(before, name);
      await writeProfiles(shell, after);
      shell.tell(`Removed ${name}.\n`);
      if (before.current === name && after.profiles.size > 0) {
        shell.tell('There is no current profile any more: lrs profile use makes one of the others it.\n');
      }
    });
}

function listed({ current, profiles }: Profiles): readonly ListedProfile[] {
  return Array.from(profiles, ([name, { endpoint, key }]) => ({ name, endpoint, key, current: name === current }));
}

/** The secret is neither shown nor taken from an option, so that it gets into no history of commands. */
async function askForCredential(shell: Shell): Promise<KeyAndSecret> {
  if (!shell.isInteractive) throw wrongUsage('Nobody can be asked here: give --credential-stdin.');
  const key = (await shell.ask('Key: ')).trim();
  if (!isUsableKey(key)) throw wrongUsage('The key cannot be empty, nor hold a colon or a control character.');
  const secret = (await shell.ask('Secret (not shown): ', { hidden: true })).trim();
  if (isUsable({ key, secret })) return { key, secret };
  throw wrongUsage('The secret cannot be empty, nor hold a control character.');
}

async function credentialOfInput(shell: Shell): Promise<KeyAndSecret> {
  const credential = parseKeyAndSecret(await readInput(shell, 'JSON with key and secret'));
  if (credential !== undefined) return credential;
  throw wrongUsage('Standard input does not hold JSON with key and secret: {"key":"…","secret":"…"}');
}

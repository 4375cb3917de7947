import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { wrongUsage } from '#cli/failure.ts';
import { type Endpoint, inTheClearText, isLoopback, readEndpoint } from '#cli/profiles/endpoint.ts';
import { isUsable, type KeyAndSecret, parseKeyAndSecret } from '#cli/profiles/key-and-secret.ts';
import { readProfiles } from '#cli/profiles/profile-file.ts';
import { type Profile, profileNamed } from '#cli/profiles/profiles.ts';
import type { Shell } from '#cli/shell.ts';

/** Which LRS a command talks to, and as whom. */
export interface Connection extends KeyAndSecret {
  readonly endpoint: Endpoint;
  /** Where key and secret are from, for people: `the profile prod`. */
  readonly source: string;
  /** The name of the profile they are from. */
  readonly profile?: string;
}

export interface ConnectionOptions {
  readonly profile?: string;
  readonly endpoint?: string;
}

const NO_CREDENTIAL =
  'There is no key to talk to the LRS with: add a profile (lrs profile add prod --endpoint https://…/xapi), set ' +
  'LRS_ENDPOINT, LRS_KEY and LRS_SECRET, or come to the folder where npm start runs';

type World = Pick<Shell, 'variables' | 'homeFolder' | 'workingFolder' | 'tell'>;

/**
 * Options come before the environment, the environment before profiles, profiles before the LRS of `npm start`.
 *
 * @throws Failure when there is no credential, or one that must not be sent there
 */
export async function findConnection(shell: World, options: ConnectionOptions): Promise<Connection> {
  const connection = (await ofProfile(shell, options)) ?? (await ofLocalLrs(shell, options));
  const warning = inTheClearText(connection.endpoint);
  if (warning !== undefined) shell.tell(`${warning}\n`);
  return connection;
}

/** With what the environment has instead of the profile's; undefined when neither has a credential. */
async function ofProfile(shell: World, options: ConnectionOptions): Promise<Connection | undefined> {
  const named = await namedProfile(shell, options);
  // Who names a profile means all of it.
  const variables = options.profile === undefined ? shell.variables : {};
  const credential = credentialOf(variables);
  const given = givenEndpoint(options, variables);
  if (credential !== undefined) {
    const endpoint = given ?? (named === undefined ? localEndpoint(shell) : endpointOf(named));
    return { ...credential, endpoint, source: 'LRS_KEY and LRS_SECRET' };
  }
  if (named === undefined) return undefined;
  const { name, profile } = named;
  const endpoint = endpointOf(named);
  if (given !== undefined && given.root !== endpoint.root) {
    // Another LRS on this machine may be the one of `npm start`, which has a credential of its own.
    if (!named.isChosen && isLoopback(given)) return undefined;
    throw wrongUsage(
      `The secret of the profile ${name} is for ${endpoint.url} and is not sent to ${given.url}: add a profile for it.`,
    );
  }
  return { key: profile.key, secret: profile.secret, endpoint, source: `the profile ${name}`, profile: name };
}

interface NamedProfile {
  readonly name: string;
  readonly profile: Profile;
  /** Whether by an option or a variable, not only because it is the current one. */
  readonly isChosen: boolean;
}

function endpointOf({ name, profile }: NamedProfile): Endpoint {
  return readEndpoint(`The endpoint of the profile ${name}`, profile.endpoint);
}

async function namedProfile(shell: World, options: ConnectionOptions): Promise<NamedProfile | undefined> {
  const profiles = await readProfiles(shell);
  const { variables } = shell;
  const chosen = options.profile ?? (variables['LRS_PROFILE'] || undefined);
  // Who names the data of an LRS on this machine means that one.
  const name = chosen ?? ((variables['LRS_DATA_DIR'] || undefined) === undefined ? profiles.current : undefined);
  if (name === undefined) return undefined;
  return { name, profile: profileNamed(profiles, name), isChosen: chosen !== undefined };
}

function credentialOf(variables: Shell['variables']): KeyAndSecret | undefined {
  const key = variables['LRS_KEY'] || undefined;
  const secret = variables['LRS_SECRET'] || undefined;
  if (key === undefined && secret === undefined) return undefined;
  if (key === undefined || secret === undefined) {
    throw wrongUsage(`LRS_${key === undefined ? 'KEY' : 'SECRET'} is not set; set LRS_KEY and LRS_SECRET, or neither.`);
  }
  if (!isUsable({ key, secret })) {
    throw wrongUsage('LRS_KEY or LRS_SECRET holds a control character, or LRS_KEY a colon.');
  }
  return { key, secret };
}

function givenEndpoint(options: ConnectionOptions, variables: Shell['variables']): Endpoint | undefined {
  if (options.endpoint !== undefined) return readEndpoint('--endpoint', options.endpoint);
  const endpoint = variables['LRS_ENDPOINT'] || undefined;
  return endpoint === undefined ? undefined : readEndpoint('LRS_ENDPOINT', endpoint);
}

/** Where `npm start` serves unless told otherwise. */
function localEndpoint({ variables }: Pick<Shell, 'variables'>): Endpoint {
  return readEndpoint('The endpoint by PORT', `http://127.0.0.1:${variables['PORT'] || '8080'}/xapi`);
}

async function ofLocalLrs(shell: World, options: ConnectionOptions): Promise<Connection> {
  const endpoint = givenEndpoint(options, shell.variables) ?? localEndpoint(shell);
  if (!isLoopback(endpoint)) throw wrongUsage(`${NO_CREDENTIAL}. ${endpoint.url} is not on this machine.`);
  const file = join(resolve(shell.workingFolder, shell.variables['LRS_DATA_DIR'] || '.lrs'), 'credentials.json');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw wrongUsage(`${NO_CREDENTIAL} (there is no ${file}).`);
    }
    throw wrongUsage(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const credential = parseKeyAndSecret(text);
  if (credential === undefined) throw wrongUsage(`${file} does not hold a key and a secret.`);
  return { ...credential, endpoint, source: file };
}

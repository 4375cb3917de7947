import { resolve } from 'node:path';
import type { GivenCredential } from '#storage/given-credential.ts';
import type { Registration } from '#storage/register-credential.ts';

export interface Ready {
  readonly endpoint: string;
  readonly credential: GivenCredential;
  readonly registration: Registration;
  /** Which holds the credential; undefined: `LRS_KEY` and `LRS_SECRET` do. */
  readonly credentialsFile: string | undefined;
  /** Absolute. */
  readonly dataFolder: string;
  /** Of this process. Absolute. */
  readonly workingFolder: string;
  /** From the start of the process, in milliseconds. */
  readonly startTime: number;
}

/** Which the command takes when it is told nothing. */
const DEFAULT_ENDPOINT = 'http://127.0.0.1:8080/xapi';

const STATEMENT = {
  actor: { mbox: 'mailto:learner@example.com' },
  verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
  object: { id: 'http://example.com/hello' },
};

/** What the person at the keyboard needs to use the LRS. */
export function announcement(ready: Ready): string {
  const { endpoint, startTime } = ready;
  return `
  Endpoint  ${endpoint}
${ready.registration === 'superseded' ? noLongerGood(ready) : firstSteps(ready)}
Ready in ${(startTime / 1_000).toFixed(1)} s. Ctrl-C stops the LRS.
`;
}

function firstSteps(ready: Ready): string {
  const {
    endpoint,
    credential: { key, secret },
    dataFolder,
  } = ready;
  const curl = [
    `curl -u ${shellQuoted(`${key}:${secret}`)} -H 'X-Experience-API-Version: 2.0.0'`,
    `-H 'Content-Type: application/json' -d ${shellQuoted(JSON.stringify(STATEMENT))}`,
    shellQuoted(`${endpoint}/statements`),
  ].join(' ');
  return `  Key       ${key}
  Secret    ${secret}
  Data      ${dataFolder}

Store a first statement:

  ${curl}

${management(ready)}
`;
}

function noLongerGood({ credential: { key }, credentialsFile, dataFolder }: Ready): string {
  const [source, renewal] =
    credentialsFile === undefined
      ? ['LRS_KEY and LRS_SECRET', 'start with another LRS_KEY and LRS_SECRET']
      : [credentialsFile, 'delete that file, or set LRS_KEY and LRS_SECRET to a new pair, and start again'];
  return `  Data      ${dataFolder}

The credential in ${source} is no longer good:
${key} was rotated, disabled or deleted since, or has expired, and is left so.

Go on with the secret that the rotation gave, or with another credential. For a new one that may do everything,
${renewal}.
`;
}

/**
 * A line that works as it is printed, in a terminal that knows nothing of this one. The command finds by itself only the
 * credential in a data folder, for an LRS on this machine; and the secret is not to get into the history of a shell.
 */
function management({ endpoint, credentialsFile, dataFolder, workingFolder }: Ready): string {
  const { origin, hostname } = new URL(endpoint);
  const isFound = credentialsFile !== undefined && isLoopback(hostname);
  const place = isFound ? '' : ', where LRS_KEY and LRS_SECRET are set to the key and secret above';
  const isUsualFolder = dataFolder === resolve(workingFolder, '.lrs');
  const words = [
    ...(isFound && !isUsualFolder ? [`LRS_DATA_DIR=${shellQuoted(dataFolder)}`] : []),
    'npx lrs',
    // The management API knows nothing of the base path.
    ...(isFound && endpoint === DEFAULT_ENDPOINT ? [] : [`--endpoint ${shellQuoted(origin)}`]),
    'whoami',
  ];
  return `Manage stores, credentials and tokens, in another terminal${place}:\n\n  ${words.join(' ')}`;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

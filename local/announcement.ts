import type { GivenCredential } from '#storage/given-credential.ts';

export interface Ready {
  readonly endpoint: string;
  readonly credential: GivenCredential;
  readonly dataFolder: string;
  /** From the start of the process, in milliseconds. */
  readonly startTime: number;
}

/** Which the command takes when it is told nothing. */
const DEFAULT_ORIGIN = 'http://127.0.0.1:8080';

const STATEMENT = {
  actor: { mbox: 'mailto:learner@example.com' },
  verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
  object: { id: 'http://example.com/hello' },
};

/** What the person at the keyboard needs to use the LRS. */
export function announcement({ endpoint, credential, dataFolder, startTime }: Ready): string {
  const { key, secret } = credential;
  const curl = [
    `curl -u ${shellQuoted(`${key}:${secret}`)} -H 'X-Experience-API-Version: 2.0.0'`,
    `-H 'Content-Type: application/json' -d ${shellQuoted(JSON.stringify(STATEMENT))}`,
    shellQuoted(`${endpoint}/statements`),
  ].join(' ');
  return `
  Endpoint  ${endpoint}
  Key       ${key}
  Secret    ${secret}
  Data      ${dataFolder}

Store a first statement:

  ${curl}

Manage stores, credentials and tokens, in another terminal:

  ${whoami(endpoint)}

Ready in ${(startTime / 1_000).toFixed(1)} s. Ctrl-C stops the LRS.
`;
}

/** @param endpoint may have any base path, of which the management API knows nothing */
function whoami(endpoint: string): string {
  const { origin } = new URL(endpoint);
  return origin === DEFAULT_ORIGIN ? 'npx lrs whoami' : `npx lrs --endpoint ${shellQuoted(origin)} whoami`;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

import type { GivenCredential } from '#storage/given-credential.ts';

export interface Ready {
  readonly endpoint: string;
  readonly credential: GivenCredential;
  readonly dataFolder: string;
  /** From the start of the process, in milliseconds. */
  readonly startTime: number;
}

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

Ready in ${(startTime / 1_000).toFixed(1)} s. Ctrl-C stops the LRS.
`;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { StartError } from '#local/start-error.ts';
import type { EnvironmentName } from '#runtime/environment-names.ts';
import { type Environment, readEnvironment } from '#runtime/environment.ts';
import {
  type GivenCredential,
  KEY_RULE,
  obeysKeyRule,
  obeysSecretRule,
  SECRET_RULE,
} from '#storage/given-credential.ts';

/** What `npm start` is told by the environment; `docs/reference/configuration.md` explains each variable. */
export interface Settings {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly basePath: string;
  /** Absolute. */
  readonly dataFolder: string;
  /** The bootstrap credential, when it is given. */
  readonly credential: GivenCredential | undefined;
  /** Instead of the embedded engine. */
  readonly dynamoDbEndpoint: string | undefined;
  /** Instead of the embedded server. */
  readonly s3Endpoint: string | undefined;
}

/** What the functions read by themselves; a wrong value is told with the others. */
const PASSED_ON = [
  'LOG_LEVEL',
  'LRS_INDEX_SHARDS',
  'LRS_COMMIT_BOUND_MS',
  'LRS_INDEX_LAG_MS',
  'LRS_AUDIT_RETENTION_DAYS',
  'LRS_LAKE_LANGUAGES',
  'LRS_METRICS_NAMESPACE',
] as const;

type Variables = Readonly<Record<string, string | undefined>>;

const HOST_NAME = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/iu;

/** @throws StartError with one sentence for each variable that is wrong. */
export function readSettings(variables: Variables, workingFolder: string): Settings {
  const problems: string[] = [];
  const settings = {
    host: readHost(variables, problems),
    port: readPort(variables, problems),
    dataFolder: resolve(workingFolder, variables['LRS_DATA_DIR'] || '.lrs'),
    credential: readCredential(variables, problems),
    basePath: readShared('LRS_BASE_PATH', variables, problems) ?? '',
    dynamoDbEndpoint: readShared('DYNAMODB_ENDPOINT', variables, problems),
    s3Endpoint: readShared('S3_ENDPOINT', variables, problems),
  };
  for (const name of PASSED_ON) readShared(name, variables, problems);
  if (problems.length > 0) throw new StartError(problems.join('\n'));
  return settings;
}

function readHost(variables: Variables, problems: string[]): string {
  const host = variables['HOST'] || '127.0.0.1';
  if (isIP(host) === 0 && !HOST_NAME.test(host)) {
    problems.push(`HOST is ${JSON.stringify(host)}; it has to be an IP address or a host name.`);
  }
  return host;
}

function readPort(variables: Variables, problems: string[]): number {
  const text = variables['PORT'] || '8080';
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) problems.push(`PORT is ${JSON.stringify(text)}; it has to be a number from 0 to 65535.`);
  return port;
}

function readCredential(variables: Variables, problems: string[]): GivenCredential | undefined {
  const key = variables['LRS_KEY'] || undefined;
  const secret = variables['LRS_SECRET'] || undefined;
  if (key === undefined && secret === undefined) return undefined;
  if (key === undefined || secret === undefined) {
    problems.push(`LRS_${key === undefined ? 'KEY' : 'SECRET'} is not set; give LRS_KEY and LRS_SECRET, or neither.`);
    return undefined;
  }
  if (!obeysKeyRule(key)) problems.push(`LRS_KEY has to have ${KEY_RULE}.`);
  if (!obeysSecretRule(secret)) problems.push(`LRS_SECRET has to have ${SECRET_RULE}.`);
  return { key, secret };
}

/** A variable that the functions read too, by the rules they have for it. */
function readShared<Name extends EnvironmentName>(
  name: Name,
  variables: Variables,
  problems: string[],
): Environment[Name] | undefined {
  try {
    return readEnvironment([name], variables)[name];
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

import type { EnvironmentName } from '#runtime/environment-names.ts';
import { integer, oneOf, path, type Reader, required, Unexpected, url } from '#runtime/readers.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * How `X-Experience-API-Consistent-Through` is known. `in-process`: this process is the only writer and its indexes
 * never lag, so it is the oldest write in flight. `bounded`: anybody writes, so it is the present minus the time a
 * write may take and an index may lag.
 */
const CONSISTENCIES = ['in-process', 'bounded'] as const;

const ISSUER_HOSTS = ['public', 'loopback'] as const;

const READERS = {
  STATEMENTS_TABLE: required('the name of the statements table'),
  DOCUMENTS_TABLE: required('the name of the documents table'),
  REGISTRY_TABLE: required('the name of the registry table'),
  ATTACHMENTS_BUCKET: required('the name of the attachments bucket'),
  AWS_REGION: required('an AWS region'),
  DYNAMODB_ENDPOINT: url,
  S3_ENDPOINT: url,
  LRS_BASE_PATH: path('/xapi'),
  LRS_INDEX_SHARDS: integer({ fallback: 1, min: 1, max: 1_000 }),
  LRS_CONSISTENCY: oneOf(CONSISTENCIES, 'bounded'),
  LRS_COMMIT_BOUND_MS: integer({ fallback: 10_000, min: 1, max: 900_000 }),
  LRS_INDEX_LAG_MS: integer({ fallback: 2_000, min: 0, max: 900_000 }),
  LOG_LEVEL: oneOf(LOG_LEVELS, 'info'),
  LRS_METRICS_NAMESPACE: namespace,
  FIRST_CREDENTIAL_SECRET: required('the ARN of the secret that holds the first credential'),
  LRS_ISSUER: required('what the tokens of this LRS have as their issuer, for example urn:serverless-lrs:lrs-prod'),
  SIGNING_KEYS_SECRET: required('the name or ARN of the secret that holds the keys which tokens are signed with'),
  SECRETS_MANAGER_ENDPOINT: url,
  LRS_AUDIT_RETENTION_DAYS: integer({ fallback: 400, min: 1, max: 3_650 }),
  /** Where keys of other issuers may be fetched: `loopback` adds plain HTTP to this very machine. */
  LRS_ISSUER_HOSTS: oneOf(ISSUER_HOSTS, 'public'),
  LRS_HOME_PAGE: (text) => required('an http or https URL')(url(text)),
  /** In front of all paths. */
  LRS_PUBLIC_URL: (text) => required('an http or https URL')(url(text)),
  EXPORTS_BUCKET: required('the name of the bucket for the lake and for exports'),
  LRS_LAKE_LANGUAGES: languages,
  LRS_LAKE_GRACE_MS: integer({ fallback: 3_600_000, min: 0, max: 604_800_000 }),
  LAKE_COMPACTOR_FUNCTION: required('the name of the function that compacts the lake'),
  JOBS_FUNCTION: required('the name of the function that carries out jobs'),
  LAMBDA_ENDPOINT: url,
} satisfies Record<EnvironmentName, Reader<unknown>>;

export type Environment = { readonly [Name in EnvironmentName]: ReturnType<(typeof READERS)[Name]> };

/** Of metrics in CloudWatch, which keeps names that begin with `AWS/` for itself. */
function namespace(text: string | undefined): string | undefined {
  if (text !== undefined && !/^(?!:|AWS\/)[\w.\-/#:]{1,255}$/u.test(text))
    throw new Unexpected('1 to 255 letters, digits or signs of . - _ / # :, the first no colon, and not AWS/ in front');
  return text;
}

/** Language tags, the most wanted first; `en` stands for `en-US` and the like, too. */
export function languages(text = 'en'): readonly string[] {
  const tags = text.split(',').map((tag) => tag.trim());
  if (!tags.every((tag) => /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/u.test(tag)))
    throw new Unexpected('language tags separated by commas, such as de-CH,de,en');
  return tags;
}

/** @throws Error with one sentence about the first variable that is missing or wrong. */
export function readEnvironment<Name extends EnvironmentName>(
  names: readonly Name[],
  variables: Readonly<Record<string, string | undefined>>,
): Pick<Environment, Name>;
export function readEnvironment(
  names: readonly EnvironmentName[],
  variables: Readonly<Record<string, string | undefined>>,
): Partial<Record<EnvironmentName, unknown>> {
  return Object.fromEntries(names.map((name) => [name, read(name, variables[name])]));
}

function read(name: EnvironmentName, variable: string | undefined): unknown {
  const text = variable === '' ? undefined : variable;
  try {
    return READERS[name](text);
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error;
    const was = text === undefined ? 'is not set' : `is ${JSON.stringify(text)}`;
    throw new Error(`The environment variable ${name} ${was}; it has to be ${error.message}.`, { cause: error });
  }
}

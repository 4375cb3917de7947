import type { Settings } from '#lib/config/settings.ts';
import { type BucketKey, type FunctionName, type InvokedFunction, type Right, RIGHTS } from '#lib/rights.ts';
import type { EnvironmentName } from '#runtime/environment-names.ts';
import { TABLES } from '#storage/dynamodb/tables.ts';

type Variables = Readonly<Partial<Record<EnvironmentName, string>>>;

/** What rights are about, as it is called in the account; of the secret the ARN. */
export interface ResourceNames {
  readonly tables: Readonly<Record<keyof typeof TABLES, string>>;
  readonly buckets: Readonly<Record<BucketKey, string>>;
  readonly signingKeys: string;
  readonly functions: Readonly<Record<InvokedFunction, string>>;
}

/** What a deployment is called by others, where that is known. */
export interface PublicNames {
  /** URL for the accounts that statements get as their authority; one that is registered never gets another. */
  readonly homePage?: string;
  /** URL in front of all paths as clients see it, without a slash at its end. */
  readonly publicUrl?: string;
}

/** What is the same for every function that reads it. */
function deploymentVariables(settings: Settings, { homePage, publicUrl }: PublicNames) {
  return {
    LOG_LEVEL: settings.logLevel,
    LRS_METRICS_NAMESPACE: metricsNamespace(settings),
    LRS_BASE_PATH: clientBasePath(settings),
    LRS_INDEX_SHARDS: String(settings.indexShards),
    LRS_INDEX_LAG_MS: String(settings.indexLagMs),
    LRS_HOME_PAGE: homePage,
    LRS_PUBLIC_URL: publicUrl,
    LRS_ISSUER: `urn:serverless-lrs:${settings.name}-${settings.stage}`,
    LRS_AUDIT_RETENTION_DAYS: String(settings.auditRetentionDays),
    LRS_LAKE_LANGUAGES: settings.lakeLanguages.join(','),
  } satisfies Partial<Record<EnvironmentName, string | undefined>>;
}

type DeploymentVariable = keyof ReturnType<typeof deploymentVariables>;

const ALWAYS = ['LOG_LEVEL', 'LRS_METRICS_NAMESPACE'] as const satisfies readonly DeploymentVariable[];

const AUTHORIZE = [...ALWAYS, 'LRS_ISSUER'] as const;

/** What a function reads besides the names of what it has rights to. */
const READ_BY: Readonly<Record<FunctionName, readonly DeploymentVariable[]>> = {
  statements: [...AUTHORIZE, 'LRS_BASE_PATH', 'LRS_INDEX_SHARDS', 'LRS_INDEX_LAG_MS'],
  activities: AUTHORIZE,
  agents: AUTHORIZE,
  'activities-state': AUTHORIZE,
  'activities-profile': AUTHORIZE,
  'agents-profile': AUTHORIZE,
  about: ALWAYS,
  admin: [...AUTHORIZE, 'LRS_AUDIT_RETENTION_DAYS', 'LRS_HOME_PAGE', 'LRS_PUBLIC_URL'],
  oauth: [...AUTHORIZE, 'LRS_AUDIT_RETENTION_DAYS', 'LRS_PUBLIC_URL'],
  keeper: [...ALWAYS, 'LRS_AUDIT_RETENTION_DAYS'],
  'lake-writer': [...ALWAYS, 'LRS_LAKE_LANGUAGES'],
  'lake-compactor': ALWAYS,
  jobs: [...ALWAYS, 'LRS_INDEX_SHARDS', 'LRS_INDEX_LAG_MS', 'LRS_LAKE_LANGUAGES'],
  'bootstrap-credential': [...ALWAYS, 'LRS_AUDIT_RETENTION_DAYS', 'LRS_HOME_PAGE'],
};

/** What a function finds in its environment: the names of what it has rights to, and the settings that it reads. */
export function functionVariables(
  name: FunctionName,
  settings: Settings,
  names: ResourceNames & PublicNames,
): Variables {
  const all: Partial<Record<DeploymentVariable, string | undefined>> = deploymentVariables(settings, names);
  const read = READ_BY[name].map((variable): readonly [DeploymentVariable, string] => {
    const value = all[variable];
    if (value === undefined) throw new Error(`Where the function ${name} is made, ${variable} is not known.`);
    return [variable, value];
  });
  return {
    ...Object.fromEntries(read),
    ...Object.assign({}, ...RIGHTS[name].map((right: Right) => nameOf(right, names))),
  };
}

/**
 * A name of our own, so that it is known before there is such a function: `jobs` calls itself, and CloudFormation cannot make
 * a function whose role or environment names what is only chosen when the function is made. Nor does the API have to wait
 * for another stack. Nothing of a function stays behind that would keep the name taken.
 */
export function invokedName(name: InvokedFunction, settings: Pick<Settings, 'name' | 'stage'>): string {
  return `${settings.name}-${settings.stage}-${name}`;
}

/** One for each deployment, so that no metric needs a dimension for it. */
export function metricsNamespace({ name, stage }: Settings): string {
  return `ServerlessLrs/${name}-${stage}`;
}

/** What clients see in front of the resources, for example `/learning/xapi`. */
function clientBasePath({ domainMapping, basePath }: Settings): string {
  return domainMapping === undefined ? basePath : `/${domainMapping}${basePath}`;
}

const BUCKET_VARIABLES = {
  attachments: 'ATTACHMENTS_BUCKET',
  exports: 'EXPORTS_BUCKET',
} as const satisfies Record<BucketKey, EnvironmentName>;

const FUNCTION_VARIABLES = {
  'lake-compactor': 'LAKE_COMPACTOR_FUNCTION',
  jobs: 'JOBS_FUNCTION',
} as const satisfies Record<InvokedFunction, EnvironmentName>;

/** A stream has no name: what Lambda read of it is in the event. */
function nameOf(right: Right, { tables, buckets, functions, signingKeys }: ResourceNames): Variables {
  if ('table' in right) return { [TABLES[right.table].variable]: tables[right.table] };
  if ('indexes' in right) return { [TABLES[right.indexes].variable]: tables[right.indexes] };
  if ('secret' in right) return { SIGNING_KEYS_SECRET: signingKeys };
  if ('invoke' in right) return { [FUNCTION_VARIABLES[right.invoke]]: functions[right.invoke] };
  if ('stream' in right) return {};
  return { [BUCKET_VARIABLES[right.bucket]]: buckets[right.bucket] };
}

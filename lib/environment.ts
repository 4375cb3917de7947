import type { Settings } from '#lib/config/settings.ts';
import { RIGHTS, type FunctionName, type Right } from '#lib/rights.ts';
import type { EnvironmentName } from '#runtime/environment-names.ts';
import { TABLES } from '#storage/dynamodb/tables.ts';

type Variables = Readonly<Partial<Record<EnvironmentName, string>>>;

/** The names that tables and bucket, and the ARN that the secret, got when they were made. */
export interface DataNames {
  readonly tables: Readonly<Record<keyof typeof TABLES, string>>;
  readonly attachments: string;
  readonly signingKeys: string;
}

/** What a function finds in its environment: the names of what it has rights to, and the settings that it reads. */
export function functionVariables(name: FunctionName, settings: Settings, names: DataNames): Variables {
  return {
    LOG_LEVEL: settings.logLevel,
    LRS_METRICS_NAMESPACE: metricsNamespace(settings),
    ...Object.assign({}, ...RIGHTS[name].map((right: Right) => nameOf(right, names))),
    ...(name === 'statements' && statementVariables(settings)),
  };
}

/** One for each deployment, so that no metric needs a dimension for it. */
export function metricsNamespace({ name, stage }: Settings): string {
  return `ServerlessLrs/${name}-${stage}`;
}

/** What clients see in front of the resources, for example `/learning/xapi`. */
function clientBasePath({ domainMapping, basePath }: Settings): string {
  return domainMapping === undefined ? basePath : `/${domainMapping}${basePath}`;
}

function nameOf(right: Right, names: DataNames): Variables {
  if ('table' in right) return { [TABLES[right.table].variable]: names.tables[right.table] };
  if ('indexes' in right) return { [TABLES[right.indexes].variable]: names.tables[right.indexes] };
  if ('secret' in right) return { SIGNING_KEYS_SECRET: names.signingKeys };
  return { ATTACHMENTS_BUCKET: names.attachments };
}

function statementVariables(settings: Settings): Variables {
  return {
    LRS_BASE_PATH: clientBasePath(settings),
    LRS_INDEX_SHARDS: String(settings.indexShards),
    LRS_INDEX_LAG_MS: String(settings.indexLagMs),
  };
}

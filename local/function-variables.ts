import type { Settings } from '#local/settings.ts';
import type { TableNames } from '#local/tables.ts';
import type { EnvironmentName } from '#runtime/environment-names.ts';

export const LOCAL_TABLES: TableNames = {
  statements: 'lrs-statements',
  documents: 'lrs-documents',
  registry: 'lrs-registry',
};

export const LOCAL_BUCKETS = { attachments: 'lrs-attachments', exports: 'lrs-exports' } as const;

/** The secret that holds the keys which tokens are signed with. */
export const SIGNING_KEYS = 'lrs-signing-keys';

/** Of the accounts that new credentials get as their authority; without the port, which may be another tomorrow. */
export const HOME_PAGE = 'http://localhost';

/** The embedded services take any key, but the SDK wants one. */
const ANY_ACCESS = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: '',
  AWS_PROFILE: '',
};

/**
 * Others may write to a DynamoDB elsewhere; the embedded one belongs to this process, so that nobody waits for the end of a
 * bound, and a slow machine may have all the time that the gateway has.
 */
const EMBEDDED_CONSISTENCY = { LRS_CONSISTENCY: 'in-process', LRS_COMMIT_BOUND_MS: '25000' };

/** Who reads the lake's files here reads them where they lie, and can look again. */
const NO_GRACE = '0';

/** Where things are: URLs without a slash at their ends. */
export interface Endpoints {
  /** The LRS, in front of all its paths. */
  readonly lrs: string;
  readonly dynamoDb: string;
  readonly s3: string;
  readonly secretsManager: string;
  readonly lambda: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * What the functions find in their environment: the very variables that deployed ones get.
 *
 * @param given the environment of this process, whose region, AWS access and log level hold.
 */
export function functionVariables(settings: Settings, endpoints: Endpoints, given: Variables): Record<string, string> {
  const { dynamoDbEndpoint, s3Endpoint, basePath } = settings;
  const allEmbedded = dynamoDbEndpoint === undefined && s3Endpoint === undefined;
  const hasAccess = Boolean(given['AWS_ACCESS_KEY_ID'] || given['AWS_PROFILE']);
  const variables = {
    STATEMENTS_TABLE: LOCAL_TABLES.statements,
    DOCUMENTS_TABLE: LOCAL_TABLES.documents,
    REGISTRY_TABLE: LOCAL_TABLES.registry,
    ATTACHMENTS_BUCKET: LOCAL_BUCKETS.attachments,
    EXPORTS_BUCKET: LOCAL_BUCKETS.exports,
    AWS_REGION: given['AWS_REGION'] || 'us-east-1',
    DYNAMODB_ENDPOINT: endpoints.dynamoDb,
    S3_ENDPOINT: endpoints.s3,
    SECRETS_MANAGER_ENDPOINT: endpoints.secretsManager,
    SIGNING_KEYS_SECRET: SIGNING_KEYS,
    LAMBDA_ENDPOINT: endpoints.lambda,
    LAKE_COMPACTOR_FUNCTION: 'lake-compactor',
    JOBS_FUNCTION: 'jobs',
    LRS_LAKE_GRACE_MS: NO_GRACE,
    LRS_BASE_PATH: basePath,
    ...(dynamoDbEndpoint === undefined ? EMBEDDED_CONSISTENCY : { LRS_CONSISTENCY: 'bounded' }),
    LOG_LEVEL: given['LOG_LEVEL'] || 'warn',
    LRS_ISSUER: 'urn:serverless-lrs:local',
    LRS_ISSUER_HOSTS: 'loopback',
    LRS_HOME_PAGE: HOME_PAGE,
    LRS_PUBLIC_URL: endpoints.lrs,
  } satisfies Partial<Record<EnvironmentName, string>>;
  return { ...variables, ...((allEmbedded || !hasAccess) && ANY_ACCESS) };
}
